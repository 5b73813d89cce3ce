import type { ChosenFiles } from './chosen-files'
import {
  bomLength,
  decode,
  detectCodePage,
  detectDelimiter,
  looksLikeUtf16,
  type CodePage,
} from './code-page'
import { cellsOf, type Cells } from './csv-cells'
import { RecordCutter, type RawRecord } from './csv-records'
import { Refusal } from './refusal'

const SAMPLE_BYTES = 262_144
const MAX_COLUMNS = 200
const LONGEST_HEADER = 200

type Delimiter = ',' | '\t'

function recordsOf(sample: Buffer, size: number, delimiter: Delimiter): RawRecord[] {
  const bom = bomLength(sample)
  return new RecordCutter(delimiter, { byte: bom, line: 1 }).push(sample.subarray(bom), sample.length >= size)
}

async function sampleOf(files: ChosenFiles, fileId: string) {
  const file = await files.get(fileId)
  const sample = await files.head(file, SAMPLE_BYTES)
  if (sample.length === 0 || looksLikeUtf16(sample)) throw new Refusal('FILE_UNREADABLE')
  return { file, sample }
}

/** The head line of a chosen file, and how the file is best read; what is given is taken as it is. */
export async function headOf(
  files: ChosenFiles,
  fileId: string,
  given: { readonly codePage: CodePage; readonly delimiter: Delimiter } | null,
) {
  const { file, sample } = await sampleOf(files, fileId)
  const codePage = given?.codePage ?? detectCodePage(sample)
  const firstLine = decode(sample.subarray(0, sample.indexOf(10) + 1 || sample.length), codePage)
  const delimiter = given?.delimiter ?? detectDelimiter(firstLine)
  const first = recordsOf(sample, file.size, delimiter)[0]
  const head = first ? cellsOf([first], codePage, delimiter)[0] : null
  if (!head || head.length > MAX_COLUMNS) throw new Refusal('FILE_UNREADABLE')
  const { name, size } = file
  return { name, size, codePage, delimiter, head: head.map((header) => header.slice(0, LONGEST_HEADER)) }
}

/** The first rows behind the head line, as cells. */
export async function firstRows(
  files: ChosenFiles,
  fileId: string,
  how: { readonly codePage: CodePage; readonly delimiter: Delimiter; readonly limit: number },
): Promise<{ readonly line: number; readonly cells: Cells }[]> {
  const { file, sample } = await sampleOf(files, fileId)
  const records = recordsOf(sample, file.size, how.delimiter).slice(1, 1 + how.limit)
  const cells = cellsOf(records, how.codePage, how.delimiter)
  return records.map(({ line }, index) => ({ line, cells: cells[index] ?? null }))
}
