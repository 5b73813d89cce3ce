import { PHONE_AREAS } from './phone-areas'

const LONGEST = 6
const USUAL_AREA = 4
let lengths: ReadonlyMap<string, number> | null = null

/** Beginnings of fixed lines with the length of their area code, built when the first number is read. */
function areaLengths(): ReadonlyMap<string, number> {
  lengths ??= new Map(
    ([2, 3, 5] as const).flatMap((size) => PHONE_AREAS[size].split(' ').map((area) => [area, size] as const)),
  )
  return lengths
}

/** Digits of the area code (市外局番) of a fixed line, the 0 included: 03 → 2, 045 → 3, 0466 → 4, 01267 → 5. */
function areaLength(digits: string): number {
  const known = areaLengths()
  for (let size = LONGEST; size > 0; size--) {
    const length = known.get(digits.slice(1, 1 + size))
    if (length !== undefined) return length
  }
  return USUAL_AREA
}

/**
 * How many digits stand between the hyphens of a Japanese phone number; empty when it is none. Fixed lines 2-4-4,
 * 3-3-4, 4-2-4 or 5-1-4; mobile and IP phones 3-4-4; 0800 4-3-4; 0120, 0570, 0990, 0180 4-3-3 (総務省, 電気通信番号計画).
 */
export function phoneParts(digits: string): readonly number[] {
  if (/^0800\d{7}$/.test(digits)) return [4, 3, 4]
  if (/^0[5-9]0\d{8}$/.test(digits)) return [3, 4, 4]
  if (/^(0120|0570|0990|0180)\d{6}$/.test(digits)) return [4, 3, 3]
  if (!/^0[1-9]\d{8}$/.test(digits) || /^0[5-9]0/.test(digits)) return []
  const area = areaLength(digits)
  return [area, 6 - area, 4]
}

export type PhoneFinding = 'ok' | 'empty' | 'no-leading-zero' | 'too-short' | 'too-long' | 'impossible'

/** What may be wrong with the digits of a phone number; a warning, because people know their own number best. */
export function phoneFinding(digits: string): PhoneFinding {
  if (digits === '') return 'empty'
  if (!digits.startsWith('0')) return 'no-leading-zero'
  if (phoneParts(digits).length > 0) return 'ok'
  const long = /^0[5-9]0/.test(digits) ? 11 : 10
  if (digits.length < long) return 'too-short'
  return digits.length > long ? 'too-long' : 'impossible'
}
