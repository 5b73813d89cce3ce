import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat'

dayjs.extend(customParseFormat)

const FORMATS = ['YYYY/M/D', 'YYYY-M-D', 'YYYYMMDD', 'M/D', 'M-D']

/** A date as typed, in any width: 2026/11/3, 20261103, 11/3 (this year). Null when it is none. */
export function parseDate(typed: string): string | null {
  const text = typed.normalize('NFKC').trim()
  const read = FORMATS.map((format) => dayjs(text, format, true)).find((date) => date.isValid())
  return read?.format('YYYY-MM-DD') ?? null
}
