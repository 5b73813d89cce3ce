import { addDays } from '../calendar/tokyo'

/** An authorization of a turn that the service has refused. */
export interface DeclinedTurn {
  /** Transaction code of the desk, 101 … 999. */
  readonly code: string
  /** The service's own code. */
  readonly rawCode: string
  /** `YYMM`. */
  readonly cardExpiry: string
  /** Declined authorizations so far, this one included. */
  readonly tries: number
  /** Business date on which the first of them was tried. */
  readonly firstDeclinedOn: string
  readonly today: string
  /** 受注作成日 of the turn behind this one; null: there is none. */
  readonly nextGenerateOn: string | null
}

/** What comes after a refusal: another try on a day, a person, or the shop's final action. */
export type AfterDecline =
  | { readonly kind: 'retry'; readonly on: string }
  | { readonly kind: 'attention'; readonly why: 'card-expired' | 'card-refused' }
  | { readonly kind: 'final' }

/** Refusals that another try does not change: wrong PIN, PIN blocked, lost or stolen. */
const HARD_CODES = new Set(['106', '109', '301'])
/** The same in the words of a service. */
const HARD_RAW_CODES = new Set(['expired', 'no-such-token', 'R106', 'R109', 'R301'])

/** True when a card (`YYMM`) is over on a business date: it is good until the end of its month. */
export const cardIsOver = (expiryYYMM: string, on: string): boolean =>
  expiryYYMM < `${on.slice(2, 4)}${on.slice(5, 7)}`

/**
 * Decides by the shop's days, counted from the first try that was refused. A day that was missed is made up for tomorrow; no try falls
 * on or behind the day on which the next turn is made.
 */
export function afterDecline(turn: DeclinedTurn, retryDays: readonly number[]): AfterDecline {
  if (cardIsOver(turn.cardExpiry, turn.today)) return { kind: 'attention', why: 'card-expired' }
  if (turn.rawCode === 'expired') return { kind: 'attention', why: 'card-expired' }
  if (HARD_CODES.has(turn.code) || HARD_RAW_CODES.has(turn.rawCode))
    return { kind: 'attention', why: 'card-refused' }
  const days = retryDays.toSorted((a, b) => a - b)[turn.tries - 1]
  if (days === undefined) return { kind: 'final' }
  const planned = addDays(turn.firstDeclinedOn, days)
  const on = planned > turn.today ? planned : addDays(turn.today, 1)
  return turn.nextGenerateOn !== null && on >= turn.nextGenerateOn ? { kind: 'final' } : { kind: 'retry', on }
}

/**
 * True when a hold that begins now still stands at the end of the ship date; else the turn waits, and is authorized by a
 * later run. `shipEndsAt` and `now` in epoch ms.
 */
export const holdLasts = (now: number, holdMs: number, shipEndsAt: number): boolean =>
  now + holdMs >= shipEndsAt
