import iconv from 'iconv-lite'
import { expect, it } from 'vitest'
import { decode, detectCodePage, detectDelimiter, encode, looksLikeUtf16, outsideCp932 } from './code-page'

it('tells UTF-8 with and without BOM from Shift_JIS, also when the sample ends inside of a character', () => {
  const text = 'お名前(姓),髙橋,①㈱'
  expect(detectCodePage(Buffer.from(`\ufeff${text}`))).toBe('utf-8')
  expect(detectCodePage(Buffer.from(text).subarray(0, 19))).toBe('utf-8')
  expect(detectCodePage(iconv.encode(text, 'cp932'))).toBe('cp932')
  expect(decode(iconv.encode(text, 'cp932'), 'cp932')).toBe(text)
  expect(looksLikeUtf16(Buffer.from(text, 'utf16le'))).toBe(true)
})

it('takes the delimiter that the head line has more of', () => {
  expect(detectDelimiter('a\tb,c\td')).toBe('\t')
  expect(detectDelimiter('a,b')).toBe(',')
})

it('writes the twins of Windows, and names what Shift_JIS lacks', () => {
  expect(decode(encode('〜−—‖¥', 'cp932'), 'cp932')).toBe('～－―∥￥')
  expect(outsideCp932('髙橋〜𠮷野家の𠮷と鷗、魚')).toEqual(['𠮷', '鷗'])
  expect(decode(encode('𠮷野', 'cp932'), 'cp932')).toBe('〓野')
})
