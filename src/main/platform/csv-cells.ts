import { parse } from 'csv-parse/sync'
import { decode, type CodePage } from './code-page'
import type { RawRecord } from './csv-records'

const LF = Buffer.from('\n')

/** The cells of a record, or null when its quotes are not in order. */
export type Cells = readonly string[] | null

/** Cells of records as `RecordCutter` cut them; many at a time, which is much faster than one by one. */
export function cellsOf(records: readonly RawRecord[], codePage: CodePage, delimiter: ',' | '\t'): Cells[] {
  const whole = records.filter(({ misquoted }) => !misquoted)
  const parsed =
    parseAll(whole, codePage, delimiter) ?? whole.map((one) => parseOne(one, codePage, delimiter))
  let at = 0
  return records.map(({ misquoted }) => (misquoted ? null : (parsed[at++] ?? null)))
}

function parseText(text: string | Buffer, delimiter: string): string[][] | null {
  try {
    return parse(text, { delimiter, relax_column_count: true, record_delimiter: ['\n'] })
  } catch {
    return null
  }
}

/** Null when one of them is not in order, or was cut otherwise than the parser cuts. */
function parseAll(
  records: readonly RawRecord[],
  codePage: CodePage,
  delimiter: string,
): readonly Cells[] | null {
  const bytes = Buffer.concat(records.flatMap(({ bytes: one }) => [one, LF]))
  // The parser takes UTF-8 as it is; what is no UTF-8 in it becomes U+FFFD.
  const cells = parseText(codePage === 'utf-8' ? bytes : decode(bytes, codePage), delimiter)
  return cells?.length === records.length ? cells : null
}

function parseOne({ bytes }: RawRecord, codePage: CodePage, delimiter: string): Cells {
  const cells = parseText(decode(bytes, codePage), delimiter)
  return cells?.length === 1 ? (cells[0] ?? null) : null
}
