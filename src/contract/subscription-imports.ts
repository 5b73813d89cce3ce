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

/**
 * What a column of a file of running 定期 may mean. `items` holds all goods in one cell, with agreed prices and sets:
 * `A-01×2@1980;B-02→C-03`.
 */
export const SubscriptionCsvField = z.enum([
  'externalNumber',
  'customerNumber',
  'phone',
  'email',
  'itemMode',
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
  'priceSteps',
  'rule',
  'nextDeliverOn',
  'turnsDone',
  'startedOn',
  'minTurns',
  'lastTurn',
  'state',
  'pauseFrom',
  'pauseUntil',
  'shipName',
  'shipPhone',
  'shipPostalCode',
  'shipPrefecture',
  'shipCity',
  'shipAddress',
  'shipBuilding',
  'shipFullAddress',
  'slot',
  'noshiTitle',
  'noshiCord',
  'noshiName',
  'noshiPlace',
  'wrapping',
  'bag',
  'message',
  'paymentMethod',
  'cardToken',
  'cardLast3',
  'note',
])
export type SubscriptionCsvField = z.infer<typeof SubscriptionCsvField>

export const SubscriptionFileReading = fileReading(SubscriptionCsvField)
export type SubscriptionFileReading = z.infer<typeof SubscriptionFileReading>

export const ChosenSubscriptionFile = chosenFile(SubscriptionCsvField)
export type ChosenSubscriptionFile = z.infer<typeof ChosenSubscriptionFile>

/** Customers and goods are looked up by the check only. */
export type SubscriptionPreviewRow = z.infer<ReturnType<typeof previewRow<SubscriptionCsvField>>>

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
  /** Plain date; empty for one on hold until the customer calls. */
  nextDeliverOn: z.string(),
  turn: z.int(),
  payment: z.string(),
  noCard: z.boolean(),
  /** 停止 in words; empty: it goes on. */
  pause: z.string().default(''),
  /** Prices of turns, end, のし in words. */
  terms: z.string().default(''),
})
export type ReadyContract = z.infer<typeof ReadyContract>

export const SubscriptionImportDetail = SubscriptionImportSummary.extend({
  job: JobView.nullable(),
  /** The first rows of a checked file as they will be taken. */
  ready: z.array(ReadyContract.extend({ line: z.int() })),
  /** The first hundred rows that are not taken; the report has all. */
  faults: z.array(ImportFault),
  kept: z.array(z.object({ subscriptionId: Id, number: z.int() })),
})
export type SubscriptionImportDetail = z.infer<typeof SubscriptionImportDetail>

export const SavedSubscriptionMapping = savedMapping(SubscriptionCsvField)
export type SavedSubscriptionMapping = z.infer<typeof SavedSubscriptionMapping>

const one = z.object({ id: Id })

/** Running 定期 of another system, brought in from a file: looked at first, written by one switch, and taken back by it. */
export const subscriptionImports = {
  ...importProcedures('subscription.bulk', { field: SubscriptionCsvField, chosen: ChosenSubscriptionFile }),
  /** Looks at every row beside the desk; nothing becomes a contract yet. */
  check: procedure('subscription.bulk')
    .input(z.object({ fileId: Id, reading: SubscriptionFileReading }))
    .output(one)
    .errors(fileErrors),
  /** Makes contracts of the good rows of a checked file; they are seen all at once. */
  write: procedure('subscription.bulk').input(one).output(z.null()).errors(stateErrors),
  list: procedure('subscription.bulk').input(PageInput).output(page(SubscriptionImportSummary)),
  get: procedure('subscription.bulk').input(one).output(SubscriptionImportDetail),
}
