const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?/

/** Offset of Japan, which has no summer time. */
const TOKYO_MS = 9 * 3_600_000

function partsOf(text: string): { date: string; utc: number } | null {
  const match = DATE.exec(text.normalize('NFKC'))
  if (!match) return null
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0))
  const utc = Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0)
  const date = new Date(utc).toISOString().slice(0, 10)
  // 2 月 31 日 would become a day of March.
  if (date !== `${match[1]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`) return null
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return null
  return { date, utc: utc + ((hour ?? 0) * 3600 + (minute ?? 0) * 60 + (second ?? 0)) * 1000 }
}

/** A plain date from the ways in which files write it (2026-11-23, 2026/11/23, 2026年11月23日), or null. */
export const dateOf = (text: string): string | null => partsOf(text)?.date ?? null

/** Epoch ms of a date and time of Japan, midnight when there is no time; null when it is none, or before 1970. */
export function instantOf(text: string): number | null {
  const parts = partsOf(text)
  if (!parts) return null
  const at = parts.utc - TOKYO_MS
  return at < 0 ? null : at
}

/** An instant as these files write it: 2026-11-23 09:05:00 in Japan. */
export const writtenInstant = (at: number): string =>
  new Date(at + TOKYO_MS).toISOString().slice(0, 19).replace('T', ' ')
