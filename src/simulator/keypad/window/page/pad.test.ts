import { describe, expect, it } from 'vitest'
import { answered, EMPTY_PAD, expiryYYMM, fill, press, shown, type Pad } from './pad'

const type = (pad: Pad, keys: string): Pad => [...keys].reduce((now, digit) => press(now, { digit }), pad)

describe('the pad', () => {
  it('takes number, 実行, expiry, 実行', () => {
    const numbered = press(type(EMPTY_PAD, '4111111111111111'), 'enter')
    expect(shown(numbered)).toEqual({ number: '4111 1111 1111 1111', expiry: '-- / --' })
    const ready = press(type(numbered, '1230'), 'enter')
    expect(ready.step).toBe('sending')
    expect(expiryYYMM(ready)).toBe('3012')
    expect(press(ready, 'cancel')).toBe(ready)
  })

  it('corrects digit by digit, back to the number', () => {
    const pad = type(press(type(EMPTY_PAD, '378282246310005'), 'enter'), '1')
    expect(shown(pad).number).toBe('3782 822463 10005')
    const back = press(press(pad, 'correct'), 'correct')
    expect([back.step, press(back, 'correct').pan]).toEqual(['number', '37828224631000'])
  })

  it('refuses a short number and an impossible month', () => {
    expect(press(type(EMPTY_PAD, '411'), 'enter').step).toBe('number')
    const wrong = press(type(fill(EMPTY_PAD, '4111111111111111'), '3012'), 'enter')
    expect([wrong.step, wrong.expiry]).toEqual(['expiry', ''])
  })

  it('keeps nothing of the card after 取消 and after sending', () => {
    const pad = type(fill(EMPTY_PAD, '4111111111111111'), '12')
    expect(press(pad, 'cancel')).toMatchObject({ step: 'number', pan: '', expiry: '' })
    for (const answer of [
      { ok: true, delivered: true },
      { ok: true, delivered: false },
      { ok: false, error: 'x' },
    ]) {
      expect(answered(answer)).toMatchObject({ step: 'done', pan: '', expiry: '' })
    }
    expect(type(answered({ ok: true }), '4').pan).toBe('4')
  })
})
