import { normalizeForSearch } from '../../../contract/text'

const KANJI_DIGITS = '〇一二三四五六七八九'

/** 二十三 → 23, up to 九十九: numbers of streets are not longer. */
function numberOfKanji(kanji: string): string {
  const [tens = '', ones = ''] = kanji.includes('十') ? kanji.split('十') : ['', kanji]
  const value = (text: string, empty: number) => (text === '' ? empty : KANJI_DIGITS.indexOf(text))
  if (!kanji.includes('十')) return [...ones].map((digit) => String(KANJI_DIGITS.indexOf(digit))).join('')
  return String(value(tens, 1) * 10 + value(ones, 0))
}

/**
 * An address as one text that is the same however it was written: 三丁目４番５号, 3-4-5 and ３－４－５ are one. Kanji count as
 * numbers only before 丁目, 番, 号 and the like: 三番町 keeps its name. What stands behind the house number (a building)
 * is kept, so that neighbours in one house stay apart where it was written.
 */
export function addressKey(...parts: readonly string[]): string {
  return normalizeForSearch(parts.join(''))
    .replace(/[〇一二三四五六七八九十]+(?=丁目|番地|番(?!町)|号)/gu, numberOfKanji)
    .replace(/[‐‑‒–—―−－ー-](?=\d)/gu, '-')
    .replace(/(\d)(?:丁目|番地ノ?|番(?!町)|号|ノ(?=\d))/gu, '$1-')
    .replace(/-+/g, '-')
    .replace(/-(?!\d)/g, '')
}
