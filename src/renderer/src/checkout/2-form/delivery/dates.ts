const DAY_MS = 86_400_000
const MOST_DAYS = 120

const utcOf = (date: string) => Date.parse(`${date}T00:00:00Z`)

/** Every plain date from `earliest` to `latest`, both included. */
export function datesBetween(earliest: string, latest: string): string[] {
  const count = Math.min(Math.round((utcOf(latest) - utcOf(earliest)) / DAY_MS) + 1, MOST_DAYS)
  return Array.from({ length: Math.max(count, 0) }, (_, day) =>
    new Date(utcOf(earliest) + day * DAY_MS).toISOString().slice(0, 10),
  )
}
