const OFFSET_MS = 9 * 3_600_000

/** Date and time of day of the shop (UTC+9 all year) as form fields keep them: `YYYY-MM-DD` and `HH:MM`. */
export function shopTimeOf(at: number): { day: string; time: string } {
  const text = new Date(at + OFFSET_MS).toISOString()
  return { day: text.slice(0, 10), time: text.slice(11, 16) }
}

/** The instant of the two fields; null while they do not make one. */
export function instantOf(day: string | null, time: string): number | null {
  const at = day === null ? Number.NaN : Date.parse(`${day}T${time}:00+09:00`)
  return Number.isNaN(at) ? null : at
}
