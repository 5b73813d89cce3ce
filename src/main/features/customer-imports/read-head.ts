import type { ChosenFile, FileReading, PreviewRow } from '../../../contract/customer-imports'
import { guessMeanings, isEcCubeHead } from '../../domain/customer-csv/fields'
import { rowReader, type NormalRow } from '../../domain/customer-csv/normal-row'
import { writtenInstant } from '../../domain/customer-csv/dates'
import {
  bomLength,
  decode,
  detectCodePage,
  detectDelimiter,
  looksLikeUtf16,
  type CodePage,
} from '../../platform/code-page'
import { cellsOf } from '../../platform/csv-cells'
import { RecordCutter, type RawRecord } from '../../platform/csv-records'
import { Refusal } from '../../platform/refusal'
import type { ChosenFiles } from './chosen-files'

const SAMPLE_BYTES = 262_144
const PREVIEW_ROWS = 20
const MAX_COLUMNS = 200

function recordsOf(sample: Buffer, size: number, delimiter: ',' | '\t'): RawRecord[] {
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
export async function readHead(
  files: ChosenFiles,
  fileId: string,
  given: { codePage: CodePage; delimiter: ',' | '\t' } | null,
): Promise<ChosenFile> {
  const { file, sample } = await sampleOf(files, fileId)
  const codePage = given?.codePage ?? detectCodePage(sample)
  const firstLine = decode(sample.subarray(0, sample.indexOf(10) + 1 || sample.length), codePage)
  const delimiter = given?.delimiter ?? detectDelimiter(firstLine)
  const first = recordsOf(sample, file.size, delimiter)[0]
  const head = first ? cellsOf([first], codePage, delimiter)[0] : null
  if (!head || head.length > MAX_COLUMNS) throw new Refusal('FILE_UNREADABLE')
  return {
    fileId,
    name: file.name,
    size: file.size,
    head: head.map((name) => name.slice(0, 200)),
    ecCube: isEcCubeHead(head),
    reading: { codePage, delimiter, meanings: guessMeanings(head) },
  }
}

/** A row as it will be kept, field by field, for people. */
function shown(row: NormalRow): PreviewRow['fields'] {
  const instant = (at: number | null) => (at === null ? '' : writtenInstant(at))
  const all: PreviewRow['fields'] = [
    { field: 'number', value: row.number === null ? '' : String(row.number) },
    { field: 'fullName', value: `${row.familyName} ${row.givenName}`.trim() },
    { field: 'fullKana', value: `${row.familyKana} ${row.givenKana}`.trim() },
    { field: 'phone', value: row.phone },
    { field: 'email', value: row.email ?? '' },
    { field: 'postalCode', value: row.postalCode },
    { field: 'fullAddress', value: [row.prefecture, row.city, row.address, row.building ?? ''].join('') },
    { field: 'company', value: row.company ?? '' },
    { field: 'birthday', value: row.birthday ?? '' },
    { field: 'note', value: row.note ?? '' },
    { field: 'createdAt', value: instant(row.createdAt) },
  ]
  return all
}

/** The first rows of a file as they will be read. */
export async function previewRows(
  files: ChosenFiles,
  fileId: string,
  reading: FileReading,
): Promise<PreviewRow[]> {
  const { file, sample } = await sampleOf(files, fileId)
  const records = recordsOf(sample, file.size, reading.delimiter).slice(1, 1 + PREVIEW_ROWS)
  const cells = cellsOf(records, reading.codePage, reading.delimiter)
  const read = rowReader(reading.meanings)
  return records.map(({ line }, index) => {
    const found = cells[index]
    if (!found) return { line, fields: [], reasons: ['引用符(")の位置が正しくありません。'] }
    const outcome = read(found)
    return outcome.ok
      ? { line, fields: shown(outcome.row), reasons: [] }
      : { line, fields: [], reasons: [...outcome.reasons] }
  })
}
