import { describe, expect, it } from 'vitest'
import { composed, kanaAfter, NO_READING, readingOf } from './furigana'

const compose = (...steps: string[]) => steps.reduce(composed, NO_READING)

describe('furigana from the composition', () => {
  it('keeps the kana that stood there before the conversion', () => {
    const reading = compose('s', 'す', 'すz', 'すず', 'すずk', 'すずき', '鈴木')
    expect(kanaAfter(reading, '鈴木', '')).toBe('スズキ')
  })

  it('appends the next composition and leaves a field alone that was typed by hand', () => {
    expect(kanaAfter(compose('こ', '子'), '子', 'ハナ')).toBe('ハナコ')
    expect(kanaAfter({ ...compose('こ', '子'), touched: true }, '子', 'ハナエ')).toBe('ハナエ')
  })

  it('adds nothing when the composition is cancelled', () => {
    expect(kanaAfter(compose('すずき'), '', 'ハナ')).toBe('ハナ')
  })

  it('reads no kana out of kanji or of a syllable that has only begun, and widens every kind of kana', () => {
    expect(readingOf('鈴木')).toBeNull()
    expect(readingOf('ｋ')).toBeNull()
    expect(readingOf('がーﾀﾞ')).toBe('ガーダ')
  })
})
