import type { UpdateCause } from '../../../contract/update-codes'

/** How often the desk moves a plan by itself; then it stands as 失敗 until a person decides. */
export const AUTOMATIC_MOVES = 3
const DAY_MS = 86_400_000

/** What the rule needs of a plan. Instants are epoch ms. */
export interface PlannedUpdate {
  readonly target: string
  /** When the window opens; null once the plan stands as 失敗. */
  readonly nextAt: number | null
  readonly windowMinutes: number
  /** True once the window has opened over a keypad that was free: it may now go away and come back. */
  readonly isOpen: boolean
  /** Automatic moves so far. */
  readonly moves: number
}

export interface KeypadNow {
  /** The version that the keypad reported last; null when it never told one. */
  readonly reported: string | null
  /** `absent`: switched off, unplugged, or no desk that sees it is open. */
  readonly presence: 'free' | 'in-use' | 'absent'
}

export type UpdateOutcome =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'deferred'; readonly reason: 'in-use' | 'absent'; readonly nextAt: number }
  /** Without a next time it stands as 失敗. */
  | {
      readonly kind: 'failed'
      readonly reason: 'in-use' | 'absent' | 'other-version'
      readonly nextAt: number | null
    }

/** `V1.03` and `1.03 ` are one version. */
const normal = (version: string): string => version.trim().replace(/^v\s*/i, '').toLowerCase()
export const isSameVersion = (one: string, other: string): boolean => normal(one) === normal(other)

/** The same time of the next day that has not begun. Japan has no summer time: a day is 24 hours. */
export function nextDay(from: number, now: number): number {
  const days = Math.max(1, Math.floor((now - from) / DAY_MS) + 1)
  return from + days * DAY_MS
}

const movedOn = (plan: PlannedUpdate, from: number, now: number): number | null =>
  plan.moves >= AUTOMATIC_MOVES ? null : nextDay(from, now)

/** What the clock and the keypad make of a plan at this moment. */
export function outcomeOf(plan: PlannedUpdate, keypad: KeypadNow, now: number): UpdateOutcome {
  if (keypad.reported !== null && isSameVersion(keypad.reported, plan.target)) return { kind: 'succeeded' }
  const { nextAt } = plan
  if (nextAt === null || now < nextAt) return { kind: 'nothing' }
  const putOff = (reason: 'in-use' | 'absent'): UpdateOutcome => {
    const next = movedOn(plan, nextAt, now)
    return next === null
      ? { kind: 'failed', reason, nextAt: null }
      : { kind: 'deferred', reason, nextAt: next }
  }
  const isOver = now >= nextAt + plan.windowMinutes * 60_000
  if (!plan.isOpen) {
    if (keypad.presence === 'in-use') return putOff('in-use')
    // A window that nobody watched is one in which the keypad was not connected to an open desk.
    return keypad.presence === 'absent' || isOver ? putOff('absent') : { kind: 'opened' }
  }
  if (!isOver) return { kind: 'nothing' }
  // Without a keypad nothing is known of the version that it has now.
  if (keypad.presence === 'absent') return putOff('absent')
  return { kind: 'failed', reason: 'other-version', nextAt: movedOn(plan, nextAt, now) }
}

/** When an update is tried again after a code: never by itself where the provider must look at the device first. */
export function retryAfterCode(plan: PlannedUpdate, cause: UpdateCause, now: number): number | null {
  const { nextAt } = plan
  if (nextAt === null || cause === 'device') return null
  // Somebody tried before the time; the plan's own turn is still to come.
  if (!plan.isOpen && now < nextAt) return nextAt
  return movedOn(plan, nextAt, now)
}
