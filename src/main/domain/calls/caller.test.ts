import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callArguments, callOfLink } from './call-arguments'
import { maskPhone, readCaller, readCopiedNumber } from './caller'

describe('who rings', () => {
  it.each([
    ['0312345678', '0312345678'],
    ['03-1234-5678', '0312345678'],
    ['０３－１２３４－５６７８', '0312345678'],
    ['(03) 1234‐5678', '0312345678'],
    ['+81 90-1234-5678', '09012345678'],
    ['+81(0)90 1234 5678', '09012345678'],
    ['819012345678', '09012345678'],
    ['tel:+81312345678', '0312345678'],
    ['０９０ー１２３４ー５６７８', '09012345678'],
    ['201', '201'],
    ['+1 212 555 0123', '12125550123'],
  ])('reads %s as the number %s', (text, phone) => {
    expect(readCaller(text)).toEqual({ kind: 'number', phone })
  })

  it.each([
    ['非通知', 'withheld'],
    ['ヒツウチ', 'withheld'],
    ['Anonymous', 'withheld'],
    ['P', 'withheld'],
    ['公衆電話', 'payphone'],
    ['C', 'payphone'],
    ['表示圏外', 'out-of-area'],
    ['ｏ', 'out-of-area'],
    ['', 'none'],
  ])('knows %j as a call without a number: %s', (text, kind) => {
    expect(readCaller(text)).toEqual({ kind, phone: '' })
  })

  it.each([
    '<script>alert(1)</script>',
    '0312345678;rm -rf',
    '03-1234-5678\u0000',
    '12',
    '1234567890123456',
    'constructor',
    '__proto__',
    '0'.repeat(5000),
    '佐藤 0312345678',
  ])('takes %j for no caller', (text) => {
    expect(readCaller(text)).toBeNull()
  })

  it('lets nothing through but a known kind and at most 15 digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
        const caller = readCaller(text)
        if (caller) expect(caller.phone).toMatch(/^\d{0,15}$/)
      }),
    )
  })

  it('finds every number again, whatever stands between its digits', () => {
    const separators = fc.constantFrom('', '-', ' ', '‐', 'ー', '　')
    const wide = (digit: string) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)
    fc.assert(
      fc.property(
        fc.stringMatching(/^0\d{9,10}$/),
        fc.array(separators, { minLength: 11, maxLength: 11 }),
        fc.boolean(),
        (phone, between, isWide) => {
          const text = [...phone].map((d, at) => (isWide ? wide(d) : d) + (between[at] ?? '')).join('')
          expect(readCaller(text)).toEqual({ kind: 'number', phone })
        },
      ),
    )
  })
})

describe('a copied text', () => {
  it.each(['03-1234-5678', '０９０１２３４５６７８', ' +81 90 1234 5678 '])('%j is a call', (text) => {
    expect(readCopiedNumber(text)).not.toBeNull()
  })
  it.each(['123-4567', '4111111111111111', '2026-11-23', 'tel 0312345678', '非通知', '', '3,980', '0120'])(
    '%j is none',
    (text) => {
      expect(readCopiedNumber(text)).toBeNull()
    },
  )
})

it('masks all but the last two digits', () => {
  expect(maskPhone('09012345678')).toBe('•••••••••78')
  expect(maskPhone('')).toBe('')
})

describe('call links and arguments', () => {
  it.each([
    ['uketsuke://call?tel=0312345678', '0312345678'],
    ['UKETSUKE://CALL/?tel=%2B81312345678', '+81312345678'],
    ['uketsuke://call?name=x&tel=03&tel=99', '03'],
    ['uketsuke://call?tel=', ''],
    ['uketsuke://call', null],
    ['uketsuke://open?tel=0312345678', null],
    ['uketsuke://call/../orders?tel=0312345678', null],
    ['uketsuke://user@call?tel=0312345678', null],
    ['uketsuke:call?tel=0312345678', null],
    [`uketsuke://call?tel=${'0'.repeat(400)}`, null],
    ['https://call?tel=0312345678', null],
  ])('%s brings %j', (link, tel) => {
    expect(callOfLink(link)).toBe(tel)
  })

  it.each<[readonly string[], readonly string[], boolean]>([
    [['uketsuke', '--call', '0312345678'], ['0312345678'], true],
    [['uketsuke', '--call=0312345678'], ['0312345678'], true],
    [['electron', '.', 'uketsuke://call?tel=110'], ['110'], true],
    [['uketsuke', 'uketsuke://nonsense'], [], true],
    [['uketsuke', '--call'], [], true],
    [['uketsuke', '--profile=/p'], [], false],
    [['uketsuke', '--call=1', '--call=2', '--call=3', '--call=4'], ['1', '2', '3'], true],
  ])('%j', (argv, texts, meant) => {
    const found = callArguments(argv)
    expect(found.callers.map(({ text }) => text)).toEqual(texts)
    expect(found.meant).toBe(meant)
  })
})
