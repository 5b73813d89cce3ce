import { phoneParts } from './phone-shape'

/** Text as both sides need it while typing: width, kana, phones, and the tokens by which people are found. */

/** Variant characters of names, folded to the common one for search only; what was typed is kept. */
const VARIANTS: Readonly<Record<string, string>> = {
  髙: '高',
  﨑: '崎',
  嵜: '崎',
  碕: '崎',
  斉: '斎',
  齋: '斎',
  齊: '斎',
  邉: '辺',
  邊: '辺',
  澤: '沢',
  廣: '広',
  濱: '浜',
  濵: '浜',
  嶋: '島',
  嶌: '島',
  櫻: '桜',
  眞: '真',
  國: '国',
  栁: '柳',
  桒: '桑',
  德: '徳',
  惠: '恵',
  龍: '竜',
  瀧: '滝',
  渕: '淵',
  冨: '富',
  曻: '昇',
  𠮷: '吉',
}

/** Hiragana to katakana; half-width kana are composed by NFKC first. */
export function toFullKatakana(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u3041-\u3096\u309d\u309e]/gu, (kana) =>
      String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60),
    )
}

/** Digits of any width, everything else dropped. */
export const digitsOnly = (text: string): string => text.normalize('NFKC').replace(/[^0-9]/g, '')

/** A phone number as digits; +81 becomes the leading 0. */
export function normalizePhone(text: string): string {
  const compact = text.normalize('NFKC').replace(/[^0-9+]/g, '')
  return compact.replace(/^\+81\(?0?\)?/, '0').replace(/\+/g, '')
}

/** A phone number with hyphens as it is read, by the length of its area code; other digits are left as they are. */
export function formatPhone(digits: string): string {
  let from = 0
  const parts = phoneParts(digits).map((size) => digits.slice(from, (from += size)))
  return parts.length === 0 ? digits : parts.join('-')
}

/** A postal code as seven digits, or what digits there are. */
export const normalizePostalCode = (text: string): string => digitsOnly(text)

/** 1000001 → 100-0001; shorter ones are left as they are. */
export const formatPostalCode = (digits: string): string =>
  /^\d{7}$/.test(digits) ? `${digits.slice(0, 3)}-${digits.slice(3)}` : digits

/**
 * The one form in which text is searched: NFKC, full katakana, lower case, no spaces or dashes, variant
 * characters folded, variation selectors dropped; small kana are kept.
 */
export function normalizeForSearch(text: string): string {
  const folded = toFullKatakana(text)
    .toLowerCase()
    .replace(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, '')
    .replace(/[\s\u3000]/gu, '')
  // Composed again: small letters and characters that are neighbours now may have a form of their own together.
  return [...folded]
    .map((character) => VARIANTS[character] ?? character)
    .join('')
    .normalize('NFKC')
}

/** Overlapping pieces of `size` characters; a shorter text is its own piece. */
function pieces(text: string, size: number): string[] {
  const characters = [...text]
  if (characters.length === 0) return []
  if (characters.length <= size) return [characters.join('')]
  return characters
    .slice(0, characters.length - size + 1)
    .map((_, at) => characters.slice(at, at + size).join(''))
}

const WORD = /[\p{L}\p{N}ー]+/gu

/**
 * Two-character tokens of a text, run by run: what both databases index and look up. Tokens of one run stand side
 * by side, so that a phrase of them means the very text.
 */
export function bigramRuns(text: string): string[][] {
  const runs = normalizeForSearch(text).match(WORD) ?? []
  return runs.map((run) => pieces(run, 2))
}

/** Three-digit tokens of a number, marked with its kind so that they meet no other digits. */
export function digitTrigrams(kind: string, number: string): string[] {
  return pieces(digitsOnly(number), 3).map((piece) => kind + piece)
}
