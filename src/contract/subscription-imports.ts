import { z } from 'zod'
import { CodePage } from './customer-imports'
import { JobView } from './jobs'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, text } from './values'

/** What a column of a file of running 定期 may mean. `items` holds all goods in one cell: `A-01×2;B-02`. */
export const SubscriptionCsvField = z.enum([
  'externalNumber',
  'customerNumber',
  'phone',
  'email',
  'items',
  'product1',
  'quantity1',
  'price1',
  'product2',
  'quantity2',
  'price2',
  'product3',
  'quantity3',
  'price3',
  'rule',
  'nextDeliverOn',
  'turnsDone',
  'startedOn',
  'minTurns',
  'shipName',
  'shipPhone',
  'shipPostalCode',
  'shipPrefecture',
  'shipCity',
  'shipAddress',
  'shipBuilding',
  'shipFullAddress',
  'slot',
  'paymentMethod',
  'cardToken',
  'cardLast3',
  'note',
])
export type SubscriptionCsvField = z.infer<typeof SubscriptionCsvField>

const Delimiter = z.enum([',', '\t'])

/** How a file is to be read. */
export const SubscriptionFileReading = z.object({
  codePage: CodePage,
  delimiter: Delimiter,
  meanings: z.array(SubscriptionCsvField.nullable()).min(1).max(200),
})
export type SubscriptionFileReading = z.infer<typeof SubscriptionFileReading>

export const ChosenSubscriptionFile = z.object({
  /** Stands for the file until the desk is closed; the page never sees a path. */
  fileId: Id,
  name: z.string(),
  size: z.int(),
  reading: SubscriptionFileReading,
  head: z.array(z.string()),
})
export type ChosenSubscriptionFile = z.infer<typeof ChosenSubscriptionFile>

export const SubscriptionPreviewRow = z.object({
  line: z.int(),
  /** As it is read, field by field; empty for a row that cannot be read. Customers and goods are looked up by the check. */
  fields: z.array(z.object({ field: SubscriptionCsvField, value: z.string() })),
  /** Why it cannot be read; empty when it can. */
  reasons: z.array(z.string()),
})
export type SubscriptionPreviewRow = z.infer<typeof SubscriptionPreviewRow>

/** `checking`: looked at without writing; `checked` waits for a person; `writing`: its contracts are not seen yet. */
export const SubscriptionImportState = z.enum([
  'checking',
  'checked',
  'writing',
  'visible',
  'undoing',
  'undone',
  'cancelled',
])
export type SubscriptionImportState = z.infer<typeof SubscriptionImportState>

export const SubscriptionImportSummary = z.object({
  id: Id,
  state: SubscriptionImportState,
  fileName: z.string(),
  startedBy: z.string(),
  createdAt: Instant,
  visibleAt: Instant.nullable(),
  undoneAt: Instant.nullable(),
  counts: z.object({
    read: z.int(),
    /** Rows that can become contracts. */
    good: z.int(),
    broken: z.int(),
    /** Of the good ones: to be paid by a card that has to be registered by phone. */
    noCard: z.int(),
    written: z.int(),
    /** Contracts that stayed when the import was undone. */
    kept: z.int(),
  }),
})
export type SubscriptionImportSummary = z.infer<typeof SubscriptionImportSummary>

/** A row as it will become a contract, in words. */
export const ReadyContract = z.object({
  customer: z.string(),
  items: z.string(),
  rule: z.string(),
  nextDeliverOn: z.string(),
  turn: z.int(),
  payment: z.string(),
  noCard: z.boolean(),
})
export type ReadyContract = z.infer<typeof ReadyContract>

export const SubscriptionImportDetail = SubscriptionImportSummary.extend({
  job: JobView.nullable(),
  /** The first rows of a checked file as they will be taken. */
  ready: z.array(ReadyContract.extend({ line: z.int() })),
  /** The first hundred rows that are not taken; the report has all. */
  faults: z.array(z.object({ line: z.int(), reason: z.string(), raw: z.string() })),
  kept: z.array(z.object({ subscriptionId: Id, number: z.int() })),
})
export type SubscriptionImportDetail = z.infer<typeof SubscriptionImportDetail>

export const SavedSubscriptionMapping = z.object({
  name: z.string(),
  columns: z.array(z.object({ header: z.string(), meaning: SubscriptionCsvField.nullable() })),
})
export type SavedSubscriptionMapping = z.infer<typeof SavedSubscriptionMapping>

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

const one = z.object({ id: Id })

/** Running 定期 of another system, brought in from a file: looked at first, written by one switch, and taken back by it. */
export const subscriptionImports = {
  /** Asks for a file in the PC's own dialog; null when none was chosen. */
  choose: procedure('subscription.bulk').output(ChosenSubscriptionFile.nullable()).errors(fileErrors),
  /** Reads the head line anew, for another code page or delimiter. */
  reread: procedure('subscription.bulk')
    .input(z.object({ fileId: Id, codePage: CodePage, delimiter: Delimiter }))
    .output(ChosenSubscriptionFile)
    .errors(fileErrors),
  /** The first rows as they are read. */
  preview: procedure('subscription.bulk')
    .input(z.object({ fileId: Id, reading: SubscriptionFileReading }))
    .output(z.array(SubscriptionPreviewRow))
    .errors(fileErrors),
  /** Looks at every row beside the desk; nothing becomes a contract yet. */
  check: procedure('subscription.bulk')
    .input(z.object({ fileId: Id, reading: SubscriptionFileReading }))
    .output(one)
    .errors(fileErrors),
  /** Makes contracts of the good rows of a checked file; they are seen all at once. */
  write: procedure('subscription.bulk').input(one).output(z.null()).errors(stateErrors),
  list: procedure('subscription.bulk').input(PageInput).output(page(SubscriptionImportSummary)),
  get: procedure('subscription.bulk').input(one).output(SubscriptionImportDetail),
  /** Gives up an import that is not visible yet; what was written is taken out. */
  cancel: procedure('subscription.bulk').input(one).output(z.null()).errors(stateErrors),
  /** Goes on with an import whose work has failed. */
  resume: procedure('subscription.bulk').input(one).output(z.null()).errors(stateErrors),
  /** Takes a visible import out again; contracts with changes or orders since stay. */
  undo: procedure('subscription.bulk').input(one).output(z.null()).errors(stateErrors),
  /** All rows that are not taken, with the reason, saved as CSV where the person chooses. */
  saveReport: procedure('subscription.bulk')
    .input(one)
    .output(z.object({ saved: z.boolean(), rows: z.int() })),
  mappings: procedure('subscription.bulk').output(z.array(SavedSubscriptionMapping)),
  saveMapping: procedure('subscription.bulk')
    .input(
      z.object({
        name: text(40).min(1),
        columns: z
          .array(z.object({ header: text(200), meaning: SubscriptionCsvField.nullable() }))
          .min(1)
          .max(200),
      }),
    )
    .output(z.null()),
  removeMapping: procedure('subscription.bulk')
    .input(z.object({ name: text(40).min(1) }))
    .output(z.null()),
}
