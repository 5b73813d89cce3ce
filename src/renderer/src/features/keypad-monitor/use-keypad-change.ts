import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import { api, refusalCode } from '../../lib/client'

/** What an admin's decision hangs on; the rest of a keypad changes by itself all day. */
const decisionOf = ({ state, stopReason, shop, seat }: KeypadDetail): string => {
  const isRegistered = state === 'waiting' || state === 'in-use' || state === 'offline'
  return JSON.stringify([isRegistered ? 'registered' : state, stopReason, shop?.id ?? null, seat])
}

/** What a decision about a planned update hangs on. */
export const planOf = ({ updatePlan }: KeypadDetail): string => JSON.stringify(updatePlan)

interface Change {
  readonly keypad: KeypadDetail
  /** What to say when it is done. */
  readonly done: (saved: KeypadDetail) => string
  readonly onClose: () => void
  /** What of the keypad the decision hangs on. */
  readonly over?: (keypad: KeypadDetail) => string
}

/**
 * One change of a keypad under its dialog. Where another screen was faster, nothing is overwritten: the newest
 * version is fetched, shown, and the person decides again.
 */
export function useKeypadChange({ keypad, done, onClose, over = decisionOf }: Change) {
  const queries = useQueryClient()
  const [seen, setSeen] = useState(() => over(keypad))
  const [refused, setRefused] = useState(false)
  const change = useMutation({
    mutationFn: (run: () => Promise<KeypadDetail>) => run(),
    onSuccess: async (saved) => {
      queries.setQueryData(api.keypadMonitor.get.queryKey({ input: { id: saved.id } }), saved)
      notifications.show({ message: done(saved) })
      onClose()
      await queries.invalidateQueries({ queryKey: api.keypadMonitor.key() })
    },
    onError: async (error) => {
      if (refusalCode(error) !== 'STALE') return
      await queries.invalidateQueries({ queryKey: api.keypadMonitor.key() })
      setRefused(true)
    },
  })
  // The change itself may come back as news before its answer does.
  const isOpen = !change.isPending && !change.isSuccess
  const isStale = isOpen && (refused || over(keypad) !== seen)
  return {
    isStale,
    isRunning: change.isPending,
    error: change.isError && refusalCode(change.error) !== 'STALE' ? change.error : null,
    /** Runs the change over the version that is on the screen. */
    run: (act: () => Promise<KeypadDetail>) => {
      if (change.isPending) return
      setSeen(over(keypad))
      setRefused(false)
      change.mutate(act)
    },
  }
}
