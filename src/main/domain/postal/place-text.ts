const KANJI_DIGITS = '〇一二三四五六七八九'

/** 一〜九十九 before 丁目 as digits: the directory writes both. */
const chome = (text: string): string =>
  text.replace(/([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)(?=丁目)/gu, (whole, tens, ten, ones) => {
    if (whole === '') return ''
    const one = Math.max(KANJI_DIGITS.indexOf(ones || '〇'), 0)
    if (ten === '') return String(Math.max(KANJI_DIGITS.indexOf(tens || '〇'), one))
    return String((tens === '' ? 1 : KANJI_DIGITS.indexOf(tens)) * 10 + one)
  })

/** The form in which names of places are compared: ヶ ケ が and ノ の are one, 大字 and spaces go. */
export const placeText = (text: string): string =>
  chome(text.normalize('NFKC').replaceAll(/\s/gu, ''))
    .replaceAll(/大字|字(?=.)/gu, '')
    .replaceAll(/[ヶケがガ]/gu, 'ヶ')
    .replaceAll(/[ノの之]/gu, 'の')
