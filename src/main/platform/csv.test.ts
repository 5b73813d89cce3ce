import { expect, it } from 'vitest'
import { csvLine } from './csv'

it('quotes what has to be quoted', () => {
  expect(csvLine(['山田, 太郎', '「"」', 'a\nb', null, 12, ''])).toBe('"山田, 太郎","「""」","a\nb",,12,\r\n')
})

it.each(['=1+1', '+81', '-cmd', '@SUM(A1)', '\t=1', ' =1', '＝1'])('defuses %j', (text) => {
  expect(csvLine([text]).startsWith("'") || csvLine([text]).startsWith('"\'')).toBe(true)
})

it('leaves plain numbers, dates and dashes within a text alone', () => {
  expect(csvLine(['-5', '2026-11-23', 'A-1'])).toBe('-5,2026-11-23,A-1\r\n')
})
