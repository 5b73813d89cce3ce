/** Opens the file as UTF-8 in the spreadsheets of Japanese offices. */
export const CSV_BOM = '\ufeff'

/** A cell that begins like a formula would be computed by a spreadsheet: an apostrophe keeps it a text. */
const FORMULA = /^[\s\u3000]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/u
const NUMBER = /^-?\d+(\.\d+)?$/

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of a CSV file (RFC 4180) with its line end. */
export const csvLine = (values: readonly (string | number | null)[]): string =>
  `${values.map(cell).join(',')}\r\n`
