const DAY_MS = 86_400_000

/** The plain date so many days after another one (before it, when negative). */
export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
