import type { QueryKey } from '@tanstack/react-query'
import type { CodePage, Delimiter } from '../../../../contract/csv-imports'

/** How a file is read; `meanings`: of each column by its position, null: not taken. */
export interface CsvReading<Field extends string> {
  codePage: CodePage
  delimiter: Delimiter
  meanings: (Field | null)[]
}

export interface ChosenCsv<Field extends string> {
  fileId: string
  name: string
  size: number
  head: string[]
  reading: CsvReading<Field>
}

export interface PreviewedRow<Field extends string> {
  readonly line: number
  readonly fields: readonly { readonly field: Field; readonly value: string }[]
  readonly reasons: readonly string[]
}

interface NamedMapping<Field extends string> {
  name: string
  columns: { header: string; meaning: Field | null }[]
}

/** Fields that a column may mean, in groups for the eye. */
export type FieldGroups<Field extends string> = readonly {
  readonly group: string
  readonly items: readonly { readonly value: Field; readonly label: string }[]
}[]

/** What a feature says of its import once: where it lives, and the procedures of its contract (`importProcedures`). */
export interface CsvImport<Field extends string, File extends ChosenCsv<Field>> {
  /** Key of everything that was asked of main about these imports. */
  readonly key: QueryKey
  /** Address of the list of imports; each stands below it. */
  readonly path: string
  readonly procedures: {
    choose(): Promise<File | null>
    reread(how: { fileId: string; codePage: CodePage; delimiter: Delimiter }): Promise<File>
    preview(of: { fileId: string; reading: CsvReading<Field> }): Promise<readonly PreviewedRow<Field>[]>
    cancel(of: { id: string }): Promise<null>
    resume(of: { id: string }): Promise<null>
    undo(of: { id: string }): Promise<null>
    saveReport(of: { id: string }): Promise<{ saved: boolean; rows: number }>
    mappings(): Promise<readonly NamedMapping<Field>[]>
    saveMapping(mapping: NamedMapping<Field>): Promise<null>
    removeMapping(of: { name: string }): Promise<null>
  }
}

/** What the work on one import needs of it; its fields do not matter there. */
export interface RunningImport {
  readonly key: QueryKey
  readonly path: string
  readonly procedures: Pick<
    CsvImport<never, ChosenCsv<never>>['procedures'],
    'cancel' | 'resume' | 'undo' | 'saveReport'
  >
}
