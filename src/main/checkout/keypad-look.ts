import type { DeskEvent } from '../../contract/system'
import type { Clock } from '../platform/clock'
import type { Emitter } from '../platform/emitter'
import type { FrameFacts, KeypadLook, KeypadWatch } from './keypad-watch'

/** How often the record is looked at while an entry waits for its card. */
const RENEW_MS = 1_000
/** How old a look may be when the frame comes. */
const GOOD_MS = 1_500

/** The record of the keypad as it stood a moment ago, so that the last byte of a frame need not wait for it. */
export interface StandingLook {
  /** Looks again now: a frame has begun. */
  renew(): void
  /** Whether the last look shows the device of this frame as registered, and is fresh enough to act upon. */
  clears(facts: FrameFacts): boolean
  close(): void
}

/** Looks at the record now, every second, and whenever something of a keypad was decided at this desk. */
export function openLook(
  watch: Pick<KeypadWatch, 'look'>,
  { clock, events }: { readonly clock: Clock; readonly events: Emitter<DeskEvent> },
): StandingLook {
  let seen: { readonly look: KeypadLook; readonly at: number } | null = null
  let [asked, answered] = [0, 0]
  const renew = (): void => {
    const [mine, at] = [++asked, clock.now()]
    const take = (look: KeypadLook | null) => {
      if (mine < answered) return
      answered = mine
      seen = look === null ? null : { look, at }
    }
    watch.look().then(take, () => take(null))
  }
  const unsubscribe = events.on((event) => {
    if (event.type === 'keypad-changed') renew()
  })
  const timer = setInterval(renew, RENEW_MS)
  renew()
  return {
    renew,
    clears({ serial }) {
      if (seen === null || clock.now() - seen.at > GOOD_MS) return false
      return serial !== null && seen.look.serial === serial && seen.look.state === 'registered'
    },
    close() {
      clearInterval(timer)
      unsubscribe()
    },
  }
}
