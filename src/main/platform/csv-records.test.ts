import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { RecordCutter, type RawRecord } from './csv-records'

const cut = (text: string, size = 1_000_000, from = { byte: 0, line: 1 }): RawRecord[] => {
  const bytes = Buffer.from(text).subarray(from.byte)
  const cutter = new RecordCutter(',', from)
  const records: RawRecord[] = []
  for (let at = 0; at < bytes.length; at += size)
    records.push(...cutter.push(bytes.subarray(at, at + size), at + size >= bytes.length))
  return records
}
const texts = (records: readonly RawRecord[]) => records.map(({ bytes }) => bytes.toString())

it('keeps quoted line ends and tells the line on which each record begins', () => {
  const records = cut('a,b\r\n"1\r\n2","x""y"\r\n\r\nlast,5" pipe')
  expect(texts(records)).toEqual(['a,b', '"1\r\n2","x""y"', 'last,5" pipe'])
  expect(records.map(({ line }) => line)).toEqual([1, 2, 5])
})

it('loses one line, not the file, when a quote is never closed', () => {
  const records = cut('a,b\n"lost,1\nc,d\ne,f\n')
  expect(texts(records)).toEqual(['a,b', '"lost,1', 'c,d', 'e,f'])
  expect(records.map(({ misquoted }) => misquoted)).toEqual([false, true, false, false])
})

it('loses one line when the lost quote meets the quote of a later record', () => {
  const records = cut('"lost,1\nc,d\ne,"f,f"\ng,h\n')
  expect(texts(records)).toEqual(['"lost,1', 'c,d', 'e,"f,f"', 'g,h'])
  expect(records.map(({ misquoted }) => misquoted)).toEqual([true, false, false, false])
})

it('does not read on for ever after a quote that is closed far away', () => {
  const filler = 'x,y\n'.repeat(40_000)
  const records = cut(`a,"b\n${filler}"late",c\n`, 4096)
  expect(records[0]).toMatchObject({ misquoted: true, line: 1 })
  expect(records.length).toBe(40_002)
})

const cell = fc.string({ unit: fc.constantFrom('a', '表', '"', ',', '\n', '\r', ' '), maxLength: 6 })
const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const file = fc
  .array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 })
  .map((rows) => rows.map((row) => row.map(quoted).join(',')).join('\r\n'))

it('finds the same records whatever the blocks, and the same cells as the CSV parser does', () => {
  fc.assert(
    fc.property(file, fc.integer({ min: 1, max: 9 }), (text, size) => {
      const whole = cut(text)
      expect(cut(text, size)).toEqual(whole)
      const ours: unknown = whole.map(({ bytes }) => parse(bytes, { relax_column_count: true })[0])
      expect(ours).toEqual(parse(text, { relax_column_count: true, record_delimiter: ['\r\n'] }))
    }),
  )
})

it('goes on from any record as if it had read from the beginning', () => {
  fc.assert(
    fc.property(file, fc.nat(), (text, pick) => {
      const whole = cut(text)
      const at = pick % whole.length
      const { nextByte: byte, nextLine: line } = whole[at] ?? { nextByte: 0, nextLine: 1 }
      expect(cut(text, 1_000_000, { byte, line })).toEqual(whole.slice(at + 1))
    }),
  )
})
