import type { Kysely } from 'kysely'
import type { Session } from '../../../contract/auth'
import type { CodePage, Delimiter } from '../../../contract/csv-imports'
import type { Database } from '../../db/database.types'
import type { DeskDatabase } from '../../db/open-database'
import { businessDate } from '../../domain/calendar/tokyo'
import type { ChosenFiles } from '../../platform/chosen-files'
import type { Clock } from '../../platform/clock'
import { CSV_BOM, csvLine } from '../../platform/csv'
import { firstRows, headOf } from '../../platform/file-head'
import type { Jobs } from '../../platform/jobs.port'
import type { SaveFile } from '../../platform/save-file'
import {
  allFaults,
  dropMapping,
  firstFaults,
  keepMapping,
  keptMappings,
  newestImports,
  type ImportKind,
} from './csv-imports.repository'

export { newestImports }

/** What an import of a CSV file needs of the desk. */
export interface CsvImportsDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly jobs: Jobs
  readonly files: ChosenFiles
  readonly saveFile: SaveFile
}

interface TextOfFile {
  readonly codePage: CodePage
  readonly delimiter: Delimiter
}

/** The head line of a chosen file, and how the file is best read; what is given is taken as it is. */
export async function chosenWith<Field extends string>(
  files: ChosenFiles,
  fileId: string,
  given: TextOfFile | null,
  guess: (head: readonly string[]) => (Field | null)[],
) {
  const { codePage, delimiter, head, ...file } = await headOf(files, fileId, given)
  return { fileId, ...file, head, reading: { codePage, delimiter, meanings: guess(head) } }
}

const PREVIEW_ROWS = 20

type Outcome<Row> =
  | { readonly ok: true; readonly row: Row }
  | { readonly ok: false; readonly reasons: readonly string[] }

interface Shown<Field> {
  readonly field: Field
  readonly value: string
}

/** The first rows of a file as they are read: for people, field by field. */
export async function previewWith<Row, Field extends string>(
  files: ChosenFiles,
  file: { readonly fileId: string; readonly reading: TextOfFile },
  how: {
    readonly read: (cells: readonly string[]) => Outcome<Row>
    readonly shown: (row: Row) => Shown<Field>[]
  },
) {
  const { codePage, delimiter } = file.reading
  const rows = await firstRows(files, file.fileId, { codePage, delimiter, limit: PREVIEW_ROWS })
  return rows.map(({ line, cells }) => {
    if (!cells) return { line, fields: [], reasons: ['引用符(")の位置が正しくありません。'] }
    const outcome = how.read(cells)
    return outcome.ok
      ? { line, fields: how.shown(outcome.row), reasons: [] }
      : { line, fields: [], reasons: [...outcome.reasons] }
  })
}

const SHOWN_FAULTS = 100

/** The first hundred rows of an import that were not taken. */
export const shownFaults = (db: Kysely<Database>, kind: ImportKind, id: string) =>
  firstFaults(db, kind, id, SHOWN_FAULTS)

/** Saves every row that was not taken, with the reason, where the person chooses. */
export async function saveFaults(
  deps: CsvImportsDeps,
  kind: ImportKind,
  of: { readonly id: string; readonly created_at: number },
  name: string,
): Promise<{ saved: boolean; rows: number }> {
  let rows = 0
  async function* lines(): AsyncGenerator<string> {
    yield CSV_BOM + csvLine(['行', '理由', '元の行'])
    for await (const page of allFaults(deps.database.db, kind, of.id)) {
      rows += page.length
      yield page.map(({ line, reason, raw }) => csvLine([line, reason, raw])).join('')
    }
  }
  const { saved } = await deps.saveFile(`${name}_${businessDate(of.created_at)}.csv`, lines())
  return { saved, rows: saved ? rows : 0 }
}

/** Meanings of columns that were kept by name. */
export async function mappingsOf<Mapping>(
  deps: CsvImportsDeps,
  kind: ImportKind,
  parse: (kept: unknown) => Mapping,
): Promise<Mapping[]> {
  const rows = await keptMappings(deps.database.db, kind)
  return rows.map(({ name, mapping }) => parse({ name, columns: JSON.parse(mapping) as unknown }))
}

export async function saveMapping(
  deps: CsvImportsDeps,
  kind: ImportKind,
  session: Session,
  saved: { readonly name: string; readonly columns: readonly unknown[] },
): Promise<null> {
  await keepMapping(deps.database.db, kind, {
    name: saved.name,
    mapping: JSON.stringify(saved.columns),
    updated_by: session.userId,
    updated_at: deps.clock.now(),
  })
  return null
}

export async function removeMapping(deps: CsvImportsDeps, kind: ImportKind, name: string): Promise<null> {
  await dropMapping(deps.database.db, kind, name)
  return null
}
