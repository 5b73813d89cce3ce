import { z } from 'zod'
import { JobView } from './jobs'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, text } from './values'

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

const Meanings = z.array(CustomerCsvField.nullable()).min(1).max(200)

export const CodePage = z.enum(['utf-8', 'cp932'])
export type CodePage = z.infer<typeof CodePage>

/** How a file is to be read. */
export const FileReading = z.object({
  codePage: CodePage,
  delimiter: z.enum([',', '\t']),
  meanings: Meanings,
})
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

export const ChosenFile = z.object({
  /** Stands for the file until the desk is closed; the page never sees a path. */
  fileId: Id,
  name: z.string(),
  size: z.int(),
  reading: FileReading,
  head: z.array(z.string()),
  /** EC-CUBE 4's own 26 columns. */
  ecCube: z.boolean(),
})
export type ChosenFile = z.infer<typeof ChosenFile>

export const PreviewRow = z.object({
  line: z.int(),
  /** As it will be kept, field by field; empty for a row that cannot be taken. */
  fields: z.array(z.object({ field: CustomerCsvField, value: z.string() })),
  /** Why it cannot be taken; empty when it can. */
  reasons: z.array(z.string()),
})
export type PreviewRow = z.infer<typeof PreviewRow>

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

const Fault = z.object({ line: z.int(), reason: z.string(), raw: z.string() })

export const ImportDetail = ImportSummary.extend({
  job: JobView.nullable(),
  choices: ImportChoices,
  /** The row about which a person must decide before it goes on. */
  question: Fault.nullable(),
  /** The first hundred rows that were not taken; the report has all. */
  faults: z.array(Fault),
  faultCount: z.int(),
  kept: z.array(z.object({ customerId: Id, number: z.int(), reason: z.enum(['order', 'card', 'edited']) })),
})
export type ImportDetail = z.infer<typeof ImportDetail>

export const SavedMapping = z.object({
  name: z.string(),
  columns: z.array(z.object({ header: z.string(), meaning: CustomerCsvField.nullable() })),
})
export type SavedMapping = z.infer<typeof SavedMapping>

const fileErrors = {
  FILE_GONE: {
    message:
      '選んだファイルを読み取れません。ファイルが移動・変更されていないか確認し、もう一度選んでください。',
  },
  FILE_UNREADABLE: {
    message:
      'このファイルは読み取れません。UTF-8またはShift_JISのCSV(またはタブ区切り)で保存し直してください。',
  },
} as const

const stateErrors = {
  NOT_NOW: { message: 'この取込は、いまその操作ができない状態です。画面の最新の状態を確認してください。' },
} as const

export const customerImports = {
  /** Asks for a file in the PC's own dialog; null when none was chosen. */
  choose: procedure('customer.import').output(ChosenFile.nullable()).errors(fileErrors),
  /** Reads the head line anew, for another code page or delimiter. */
  reread: procedure('customer.import')
    .input(z.object({ fileId: Id, codePage: CodePage, delimiter: z.enum([',', '\t']) }))
    .output(ChosenFile)
    .errors(fileErrors),
  /** The first rows as they will be read. */
  preview: procedure('customer.import')
    .input(z.object({ fileId: Id, reading: FileReading }))
    .output(z.array(PreviewRow))
    .errors(fileErrors),
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
  /** Gives up an import that is not visible yet; what was staged is taken out. */
  cancel: procedure('customer.import')
    .input(z.object({ id: Id }))
    .output(z.null())
    .errors(stateErrors),
  /** Goes on with an import whose work has failed. */
  resume: procedure('customer.import')
    .input(z.object({ id: Id }))
    .output(z.null())
    .errors(stateErrors),
  /** Takes a visible import out again; customers with orders, cards or changes since stay. */
  undo: procedure('customer.import')
    .input(z.object({ id: Id }))
    .output(z.null())
    .errors(stateErrors),
  /** All rows that were not taken, with the reason, saved as CSV where the person chooses. */
  saveReport: procedure('customer.import')
    .input(z.object({ id: Id }))
    .output(z.object({ saved: z.boolean(), rows: z.int() })),
  mappings: procedure('customer.import').output(z.array(SavedMapping)),
  saveMapping: procedure('customer.import')
    .input(
      z.object({
        name: text(40).min(1),
        columns: z
          .array(z.object({ header: text(200), meaning: CustomerCsvField.nullable() }))
          .min(1)
          .max(200),
      }),
    )
    .output(z.null()),
  removeMapping: procedure('customer.import')
    .input(z.object({ name: text(40).min(1) }))
    .output(z.null()),
}
