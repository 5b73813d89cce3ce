/** Longer than anything that a service can mean. */
const LONGEST_MS = 86_400_000

/**
 * `Retry-After` (RFC 9110, 10.2.3) in milliseconds: seconds, or a date, which is read against the date that the same
 * answer gives of itself, so that no clock has to agree with another. Null: nothing that can be read.
 */
export function readRetryAfter(
  value: string | readonly string[] | undefined,
  date: string | readonly string[] | undefined,
): number | null {
  if (typeof value !== 'string') return null
  const words = value.trim()
  if (/^\d{1,9}$/.test(words)) return Math.min(Number(words) * 1000, LONGEST_MS)
  // A date begins with its weekday; whatever else `Date.parse` can make sense of is none.
  const wait =
    typeof date === 'string' && /^[A-Za-z]/.test(words) ? Date.parse(words) - Date.parse(date) : Number.NaN
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), LONGEST_MS) : null
}
