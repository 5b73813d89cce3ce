/** Luhn check (ISO/IEC 7812-1 annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Digits that may be written together, or with single spaces, hyphens or dots between them. */
const DIGIT_RUN = /[0-9０-９](?:[ \-.\u2010-\u2015\u3000]?[0-9０-９]){11,}/g

const toAscii = (run: string) =>
  run.replace(/[０-９]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(/[^0-9]/g, '')

/** True when any 12 to 19 digits in a row within the run could be a card number. */
function holdsCardNumber(digits: string): boolean {
  for (let start = 0; start + 12 <= digits.length; start++) {
    for (let length = 12; length <= 19 && start + length <= digits.length; length++) {
      if (passesLuhn(digits.slice(start, start + length))) return true
    }
  }
  return false
}

/** Replaces every run of digits that could hold a card number, in whatever field of a log line it stands. */
export function redactCardNumbers(line: string): string {
  return line.replace(DIGIT_RUN, (run) => (holdsCardNumber(toAscii(run)) ? '[digits]' : run))
}

/** True when a cell of a file is a whole card number (13 to 19 digits that pass the check), however it is spaced. */
export function isCardNumber(cell: string): boolean {
  const text = cell.trim()
  if (!/^[0-9０-９][0-9０-９ \-\u2010-\u2015\u3000]+$/u.test(text)) return false
  const digits = toAscii(text)
  return digits.length >= 13 && digits.length <= 19 && /^[23456]/.test(digits) && passesLuhn(digits)
}
