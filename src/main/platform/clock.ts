/** Source of the present instant. Injected everywhere, so that tests and training can set the time. */
export interface Clock {
  /** The present instant in epoch milliseconds (UTC). */
  now(): number
}

/** The machine's own clock: the only place that reads it. */
export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is moved; for tests and replays. */
export function manualClock(startMs: number): Clock & { advance(ms: number): void; set(ms: number): void } {
  let nowMs = startMs
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms
    },
    set: (ms) => {
      nowMs = ms
    },
  }
}
