import { z } from 'zod'
import {
  chosenFile,
  fileErrors,
  fileReading,
  ImportFault,
  importProcedures,
  type previewRow,
  savedMapping,
  stateErrors,
} from './csv-imports'
import { JobView } from './jobs'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput } from './values'

/** What a column of a customer file may mean. `fullName` and `fullKana` are cut at their space. */
export const CustomerCsvField = z.enum([
  'number',
  'familyName',
  'givenName',
  'fullName',
  'familyKana',
  'givenKana',
  'fullKana',
  'company',
  'postalCode',
  'prefectureCode',
  'prefecture',
  'city',
  'address',
  'building',
  'fullAddress',
  'email',
  'phone',
  'sexCode',
  'sex',
  'jobCode',
  'birthday',
  'note',
  'statusCode',
  'createdAt',
  'updatedAt',
])
export type CustomerCsvField = z.infer<typeof CustomerCsvField>

export const FileReading = fileReading(CustomerCsvField)
export type FileReading = z.infer<typeof FileReading>

/** By what a customer of the file is the same as one of ours. */
export const MatchKey = z.enum(['number', 'email', 'phone'])
export type MatchKey = z.infer<typeof MatchKey>

/** What is done with the rows of a file. */
export const ImportChoices = z.object({
  matchOn: z.array(MatchKey).max(3),
  /** A customer who is here already: leave the row out, change ours, or add another one. */
  duplicates: z.enum(['skip', 'update', 'add']),
  /** A row that cannot be read: report it and go on, or stop and ask. */
  broken: z.enum(['skip', 'ask']),
  /** 会員ID becomes our customer number where it is free. */
  keepNumbers: z.boolean(),
})
export type ImportChoices = z.infer<typeof ImportChoices>

export const ChosenFile = chosenFile(CustomerCsvField).extend({
  /** EC-CUBE 4's own 26 columns. */
  ecCube: z.boolean(),
})
export type ChosenFile = z.infer<typeof ChosenFile>

export type PreviewRow = z.infer<ReturnType<typeof previewRow<CustomerCsvField>>>

export const ImportState = z.enum(['reading', 'staged', 'visible', 'undoing', 'undone', 'cancelled'])
export type ImportState = z.infer<typeof ImportState>

const Counts = z.object({
  read: z.int(),
  added: z.int(),
  updated: z.int(),
  skipped: z.int(),
  broken: z.int(),
  /** Customers that stayed when the import was undone. */
  kept: z.int(),
})

export const ImportSummary = z.object({
  id: Id,
  state: ImportState,
  fileName: z.string(),
  startedBy: z.string(),
  createdAt: Instant,
  visibleAt: Instant.nullable(),
  undoneAt: Instant.nullable(),
  counts: Counts,
})
export type ImportSummary = z.infer<typeof ImportSummary>

export const ImportDetail = ImportSummary.extend({
  job: JobView.nullable(),
  choices: ImportChoices,
  /** The row about which a person must decide before it goes on. */
  question: ImportFault.nullable(),
  /** The first hundred rows that were not taken; the report has all. */
  faults: z.array(ImportFault),
  faultCount: z.int(),
  kept: z.array(z.object({ customerId: Id, number: z.int(), reason: z.enum(['order', 'card', 'edited']) })),
})
export type ImportDetail = z.infer<typeof ImportDetail>

export const SavedMapping = savedMapping(CustomerCsvField)
export type SavedMapping = z.infer<typeof SavedMapping>

/** Customers from a file: shown by one switch, and taken back by it. */
export const customerImports = {
  ...importProcedures('customer.import', { field: CustomerCsvField, chosen: ChosenFile }),
  start: procedure('customer.import')
    .input(z.object({ fileId: Id, reading: FileReading, choices: ImportChoices }))
    .output(z.object({ id: Id }))
    .errors(fileErrors),
  list: procedure('customer.import').input(PageInput).output(page(ImportSummary)),
  get: procedure('customer.import')
    .input(z.object({ id: Id }))
    .output(ImportDetail),
  /** Answers the question about a broken row: leave this one out, leave all such rows out, or give the import up. */
  decide: procedure('customer.import')
    .input(z.object({ id: Id, answer: z.enum(['skip', 'skip-all', 'stop']) }))
    .output(z.null())
    .errors(stateErrors),
}
