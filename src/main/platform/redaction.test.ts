import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passesLuhn, redactCardNumbers } from './redaction'

const cards = ['4111111111111111', '3566002020360505', '378282246310005', '30569309025904']

describe('redaction of the log', () => {
  it.each(cards)('hides %s plain, spaced, hyphened and full width', (card) => {
    const spaced = card.replace(/(.{4})(?=.)/g, '$1 ')
    const wide = card.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    for (const form of [card, spaced, card.replace(/(.{4})(?=.)/g, '$1-'), wide, `9${card}9`]) {
      expect(redactCardNumbers(`{"msg":"key ${form} end"}`)).not.toContain(form)
    }
  })

  it('hides any number of 12 to 19 digits that passes Luhn, wherever it stands', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{11,18}$/), fc.stringMatching(/^[a-z ]{0,5}$/), (body, around) => {
        const check = [...'0123456789'].find((digit) => passesLuhn(body + digit)) ?? '0'
        expect(redactCardNumbers(`${around}x${body}${check}y${around}`)).not.toContain(body + check)
      }),
    )
  })

  it('leaves times, phone numbers and short ids alone', () => {
    const line = '{"time":"2026-01-02T03:04:05.678Z","phone":"0312345678","ms":1234}'
    expect(redactCardNumbers(line)).toBe(line)
  })
})
