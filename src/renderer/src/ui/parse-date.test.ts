import { describe, expect, it } from 'vitest'
import { parseDate } from './parse-date'

describe('a date as typed', () => {
  it.each(['2026/11/3', '２０２６／１１／０３', '2026-11-03', '20261103', ' 2026/11/03 '])(
    'reads %s',
    (typed) => {
      expect(parseDate(typed)).toBe('2026-11-03')
    },
  )

  it('takes a month and a day as of this year', () => {
    expect(parseDate('１１/３')).toMatch(/^\d{4}-11-03$/)
  })

  it.each(['', '2026/13/1', '2026/2/30', 'あした'])('refuses %s', (typed) => {
    expect(parseDate(typed)).toBeNull()
  })
})
