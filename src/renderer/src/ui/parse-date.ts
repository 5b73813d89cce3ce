import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat'

dayjs.extend(customParseFormat)

const SHAPES = [
  /^(?:(?<year>\d{4})[/-])?(?<month>\d{1,2})[/-](?<day>\d{1,2})$/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
]

/** A date as typed, in any width: 2026/11/3, 20261103, 11/3 (this year). Null when it is none. */
export function parseDate(typed: string): string | null {
  const text = typed.normalize('NFKC').trim()
  const parts = SHAPES.map((shape) => shape.exec(text)?.groups).find((groups) => groups !== undefined)
  if (!parts) return null
  const { year = String(dayjs().year()), month = '', day = '' } = parts
  const date = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-')
  return dayjs(date, 'YYYY-MM-DD', true).isValid() ? date : null
}
