import type { Caller } from './caller'

/** Calls that can wait at one seat; more than anyone could answer. */
export const MAX_WAITING = 20
/** New calls that a seat can get within a minute. */
const MAX_A_MINUTE = 30
const MINUTE = 60_000
/** How long a call stays in the bar after its last ring; then it is one of 着信履歴. */
export const SHOWN_MS = 3 * MINUTE
/** A telephone that tells of the same call again when it is picked up. */
const ECHO_MS = 10_000
/** Calls without a number are told apart by time alone. */
const NAMELESS_MS = 5_000

interface Seen {
  readonly id: string
  readonly key: string
  lastAt: number
  times: number
  /** When it was answered or passed over; null while it waits. */
  closedAt: number | null
}

export type Verdict =
  | { readonly kind: 'new' }
  | { readonly kind: 'repeat'; readonly id: string; readonly times: number }
  | { readonly kind: 'dropped' }

/**
 * Decides what rings. Any web page can fire a call link: the same number again is the same call, and beyond a queue
 * of twenty, or thirty new calls a minute, calls are only counted.
 */
export class CallGate {
  #seen: Seen[] = []
  #news: number[] = []
  #dropped: { count: number; at: number } | null = null

  /** How many calls were left out, and when the last one was; null when none, or after `forgetDropped`. */
  get dropped(): { readonly count: number; readonly at: number } | null {
    return this.#dropped
  }

  forgetDropped(): void {
    this.#dropped = null
  }

  /** Judges a ring. After `new`, the caller of this must tell `opened`. */
  judge({ kind, phone }: Caller, now: number): Verdict {
    this.#forgetOld(now)
    const key = `${kind} ${phone}`
    const same = this.#seen.findLast((one) => one.key === key && this.#isSame(one, kind, now))
    if (same) {
      same.lastAt = now
      same.times += 1
      return { kind: 'repeat', id: same.id, times: same.times }
    }
    const waiting = this.#seen.filter(({ closedAt }) => closedAt === null).length
    if (waiting >= MAX_WAITING || this.#news.length >= MAX_A_MINUTE) {
      this.#dropped = { count: (this.#dropped?.count ?? 0) + 1, at: now }
      return { kind: 'dropped' }
    }
    return { kind: 'new' }
  }

  opened(id: string, { kind, phone }: Caller, now: number): void {
    this.#news.push(now)
    this.#seen.push({ id, key: `${kind} ${phone}`, lastAt: now, times: 1, closedAt: null })
  }

  /** Answered or passed over: it waits no longer. */
  closed(id: string, now: number): void {
    const call = this.#seen.find((one) => one.id === id)
    if (call) call.closedAt = now
  }

  #isSame({ lastAt, closedAt }: Seen, kind: Caller['kind'], now: number): boolean {
    if (closedAt !== null) return now - closedAt <= ECHO_MS
    return kind === 'number' || now - lastAt <= NAMELESS_MS
  }

  #forgetOld(now: number): void {
    this.#news = this.#news.filter((at) => now - at < MINUTE)
    this.#seen = this.#seen.filter(({ lastAt, closedAt }) =>
      closedAt === null ? now - lastAt < SHOWN_MS : now - closedAt <= ECHO_MS,
    )
  }
}
