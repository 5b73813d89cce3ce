import { useCallback, useEffect, useRef, useState } from 'react'
import type { KeypadIntent, ShownCard } from '../../../../contract/keypad'
import { client } from '../../lib/client'
import { afterEvent, CONNECTING, isOver, type EntryState } from './entry-state'

/** A keypad that answers sooner is shown waiting at once, without the popup being drawn twice. Milliseconds. */
const CONNECTING_SHOWN_MS = 100
/** How long 完了 stays before the popup closes by itself, milliseconds. */
const DONE_SHOWN_MS = 600

export interface CardEntry {
  /** Null while the popup is closed. */
  readonly state: EntryState | null
  readonly start: () => void
  /** An entry has begun and is not over, whether the popup is drawn already or not. */
  readonly isGoing: () => boolean
  /** Ends the stream, so that main lets go of the keypad, and closes the popup. */
  readonly cancel: () => void
}

interface Running {
  readonly abort: AbortController
  stream: AsyncIterator<unknown> | null
}

/** One card entry at a time, for any menu. `onCard` gets the card at once; `onClosed` tells that the popup is gone. */
export function useCardEntry(
  intent: KeypadIntent,
  onCard: (card: ShownCard) => void,
  onClosed: (card: ShownCard | null) => void,
): CardEntry {
  const [state, setState] = useState<EntryState | null>(null)
  const running = useRef<Running | null>(null)
  const shown = useRef(false)
  const tell = useRef({ intent, onCard, onClosed })
  useEffect(() => {
    tell.current = { intent, onCard, onClosed }
    shown.current = state !== null
  })

  const stop = useCallback(() => {
    const entry = running.current
    running.current = null
    entry?.abort.abort()
    void entry?.stream?.return?.().catch(() => undefined)
  }, [])
  useEffect(() => stop, [stop])

  const start = useCallback(() => {
    if (running.current) return
    const entry: Running = { abort: new AbortController(), stream: null }
    running.current = entry
    const isCurrent = () => running.current === entry
    const connecting = setTimeout(() => isCurrent() && setState(CONNECTING), CONNECTING_SHOWN_MS)
    const close = (card: ShownCard | null) => {
      running.current = null
      setState(null)
      tell.current.onClosed(card)
    }
    const listen = async () => {
      const stream = await client.keypad.enterCard(
        { intent: tell.current.intent },
        { signal: entry.abort.signal },
      )
      entry.stream = stream
      let last: EntryState = CONNECTING
      for await (const event of stream) {
        if (!isCurrent()) return
        clearTimeout(connecting)
        last = afterEvent(last, event)
        setState(last)
        if (event.step === 'done') tell.current.onCard(event.card)
      }
      if (last.step === 'done') await pause(DONE_SHOWN_MS)
      if (!isCurrent()) return
      if (last.step === 'done' || last.step === 'cancelled') close(last.card)
      else if (!isOver(last.step)) setState({ ...last, step: 'lost' })
    }
    void listen()
      .catch(() => {
        if (isCurrent()) setState((before) => ({ ...(before ?? CONNECTING), step: 'lost', failure: null }))
      })
      .finally(() => {
        clearTimeout(connecting)
        if (isCurrent()) running.current = null
      })
  }, [])

  const cancel = useCallback(() => {
    if (!shown.current && !running.current) return
    stop()
    setState(null)
    tell.current.onClosed(null)
  }, [stop])

  const isGoing = useCallback(() => running.current !== null, [])
  return { state, start, isGoing, cancel }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
