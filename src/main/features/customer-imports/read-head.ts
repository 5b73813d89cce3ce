import type { CodePage, Delimiter } from '../../../contract/csv-imports'
import type { ChosenFile, FileReading, PreviewRow } from '../../../contract/customer-imports'
import { SEX_WORDS } from '../../domain/customer-csv/ec-cube'
import { guessMeanings, isEcCubeHead } from '../../domain/customer-csv/fields'
import { rowReader, type NormalRow } from '../../domain/customer-csv/normal-row'
import { writtenInstant } from '../../domain/customer-csv/dates'
import type { ChosenFiles } from '../../platform/chosen-files'
import { chosenWith, previewWith } from '../csv-imports/csv-imports.service'

/** A chosen file; what is given is taken as it is. */
export async function readHead(
  files: ChosenFiles,
  fileId: string,
  given: { codePage: CodePage; delimiter: Delimiter } | null,
): Promise<ChosenFile> {
  const file = await chosenWith(files, fileId, given, guessMeanings)
  return { ...file, ecCube: isEcCubeHead(file.head) }
}

/** A row as it will be kept, field by field, for people. */
function shown(row: NormalRow): PreviewRow['fields'] {
  const instant = (at: number | null) => (at === null ? '' : writtenInstant(at))
  return [
    { field: 'number', value: row.number === null ? '' : String(row.number) },
    { field: 'fullName', value: `${row.familyName} ${row.givenName}`.trim() },
    { field: 'fullKana', value: `${row.familyKana} ${row.givenKana}`.trim() },
    { field: 'phone', value: row.phone },
    { field: 'email', value: row.email ?? '' },
    { field: 'postalCode', value: row.postalCode },
    { field: 'fullAddress', value: [row.prefecture, row.city, row.address, row.building ?? ''].join('') },
    { field: 'company', value: row.company ?? '' },
    { field: 'sex', value: row.sex === null ? '' : SEX_WORDS[row.sex] },
    { field: 'birthday', value: row.birthday ?? '' },
    { field: 'note', value: row.note ?? '' },
    { field: 'createdAt', value: instant(row.createdAt) },
  ]
}

/** The first rows of a file as they will be read. */
export const previewRows = (
  files: ChosenFiles,
  fileId: string,
  reading: FileReading,
): Promise<PreviewRow[]> =>
  previewWith(files, { fileId, reading }, { read: rowReader(reading.meanings), shown })
