const MINUTE_MS = 60_000
/** Waits before the next attempt, by attempts made; the last one repeats. */
const WAITS_MS = [1, 5, 15, 60, 180, 360].map((minutes) => minutes * MINUTE_MS)

/** How long to wait after the n-th failed attempt (from 1), in ms. */
export const retryAfterMs = (attempts: number): number =>
  WAITS_MS[Math.min(Math.max(attempts, 1), WAITS_MS.length) - 1] ?? MINUTE_MS
