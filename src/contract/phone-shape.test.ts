import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { phoneFinding, phoneParts } from './phone-shape'
import { formatPhone } from './text'

describe('the shape of phone numbers', () => {
  it.each([
    ['0312345678', '03-1234-5678'],
    ['0612345678', '06-1234-5678'],
    ['0451234567', '045-123-4567'],
    ['0112345678', '011-234-5678'],
    ['0422345678', '0422-34-5678'],
    ['0429923456', '04-2992-3456'],
    ['0428234567', '0428-23-4567'],
    ['0471234567', '04-7123-4567'],
    ['0466123456', '0466-12-3456'],
    ['0126712345', '01267-1-2345'],
    ['0499212345', '04992-1-2345'],
    ['0997212345', '0997-21-2345'],
    ['0980212345', '09802-1-2345'],
    ['0985123456', '0985-12-3456'],
    ['09012345678', '090-1234-5678'],
    ['06012345678', '060-1234-5678'],
    ['05012345678', '050-1234-5678'],
    ['08001234567', '0800-123-4567'],
    ['0120123456', '0120-123-456'],
    ['0570123456', '0570-123-456'],
    ['123', '123'],
  ])('%s is read %s', (digits, read) => {
    expect(formatPhone(digits)).toBe(read)
  })

  it('keeps every digit, whatever the digits are', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,13}$/), (digits) => {
        expect(formatPhone(digits).replaceAll('-', '')).toBe(digits)
        const parts = phoneParts(digits)
        expect(parts.length === 0 || parts.reduce((sum, size) => sum + size, 0) === digits.length).toBe(true)
      }),
    )
  })

  it.each([
    ['', 'empty'],
    ['312345678', 'no-leading-zero'],
    ['031234567', 'too-short'],
    ['03123456789', 'too-long'],
    ['0901234567', 'too-short'],
    ['090123456789', 'too-long'],
    ['0080123456', 'impossible'],
    ['0312345678', 'ok'],
    ['08001234567', 'ok'],
  ] as const)('%s is %s', (digits, finding) => {
    expect(phoneFinding(digits)).toBe(finding)
  })
})
