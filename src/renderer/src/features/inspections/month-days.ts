/** A month (`YYYY-MM`) some months later, or earlier with a negative number. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}

/** Whole weeks from Sunday that hold a month, each a row of plain dates. */
export function weeksOf(month: string): string[][] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const first = new Date(Date.UTC(year, number - 1, 1))
  const lead = first.getUTCDay()
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate()
  const weeks = Math.ceil((lead + days) / 7)
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_day, day) =>
      new Date(Date.UTC(year, number - 1, 1 - lead + week * 7 + day)).toISOString().slice(0, 10),
    ),
  )
}
