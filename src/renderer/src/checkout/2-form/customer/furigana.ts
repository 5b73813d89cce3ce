import { toFullKatakana } from '../../../../../contract/text'

/** Reading of a name as the input method shows it while composing. */

const KANA = /^[ぁ-ゖァ-ヺーｦ-ﾟ\s]+$/u

/**
 * The kana of one composition step, without the Latin letters of a syllable that is still being typed.
 * Null when the step shows kanji already (after conversion) or nothing.
 */
export function readingOf(composition: string): string | null {
  const kana = composition.replace(/[a-zａ-ｚ]+$/iu, '')
  return KANA.test(kana) ? toFullKatakana(kana).replace(/\s/gu, '') : null
}

/** Where the reading of a name field stands. */
export interface Reading {
  /** Kana of the composition under way. */
  readonly pending: string
  /** True once a person has typed into the kana field: it is left alone from then on. */
  readonly touched: boolean
}

export const NO_READING: Reading = { pending: '', touched: false }

export function composed(reading: Reading, composition: string): Reading {
  const kana = readingOf(composition)
  return kana === null ? reading : { ...reading, pending: kana }
}

/** The kana field after a composition ended: the reading is appended, unless it was cancelled or typed by hand. */
export function kanaAfter(reading: Reading, committed: string, kana: string): string {
  if (reading.touched || committed === '') return kana
  return kana + reading.pending
}
