import type { ChosenFile, FileReading, PreviewRow } from '../../../contract/customer-imports'
import { guessMeanings, isEcCubeHead } from '../../domain/customer-csv/fields'
import { rowReader, type NormalRow } from '../../domain/customer-csv/normal-row'
import { writtenInstant } from '../../domain/customer-csv/dates'
import type { ChosenFiles } from '../../platform/chosen-files'
import type { CodePage } from '../../platform/code-page'
import { firstRows, headOf } from '../../platform/file-head'

const PREVIEW_ROWS = 20

/** The head line of a chosen file, and how the file is best read; what is given is taken as it is. */
export async function readHead(
  files: ChosenFiles,
  fileId: string,
  given: { codePage: CodePage; delimiter: ',' | '\t' } | null,
): Promise<ChosenFile> {
  const { codePage, delimiter, head, ...file } = await headOf(files, fileId, given)
  const reading = { codePage, delimiter, meanings: guessMeanings(head) }
  return { fileId, ...file, head, ecCube: isEcCubeHead(head), reading }
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
  const { codePage, delimiter } = reading
  const read = rowReader(reading.meanings)
  const rows = await firstRows(files, fileId, { codePage, delimiter, limit: PREVIEW_ROWS })
  return rows.map(({ line, cells }) => {
    if (!cells) return { line, fields: [], reasons: ['引用符(")の位置が正しくありません。'] }
    const outcome = read(cells)
    return outcome.ok
      ? { line, fields: shown(outcome.row), reasons: [] }
      : { line, fields: [], reasons: [...outcome.reasons] }
  })
}
