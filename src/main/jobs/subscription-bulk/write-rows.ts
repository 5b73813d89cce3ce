import type { Selectable } from 'kysely'
import type { CheckoutDeps } from '../../checkout/deps'
import type { TurnChange } from '../../checkout/subscription-plan'
import type { TurnItem } from '../../checkout/subscription-price'
import { bulkDelete, bulkUpdate, numberColumn, textColumn } from '../../db/bulk-change'
import { bulkInsert } from '../../db/bulk-insert'
import type { Database } from '../../db/database.types'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { newId } from '../../platform/ids'
import type { BulkWork } from './bulk-rows'

/** A contract that is written with other goods. */
export interface MovedContract {
  readonly id: string
  /** The version over which it is written. */
  readonly version: number
  readonly sets: readonly (readonly TurnItem[])[]
  /** Turns with goods of their own that get others; as JSON. */
  readonly own: readonly { readonly index: number; readonly items: string }[]
  /** What its history tells. */
  readonly text: string
}

interface Author {
  readonly by: string
  readonly at: number
}

type Values = readonly (string | number | null)[]

const ITEM = [
  textColumn('subscription_id'),
  numberColumn('set_no'),
  numberColumn('position'),
  textColumn('product_id'),
  numberColumn('quantity'),
  numberColumn('unit_price'),
]

const TURN = [textColumn('subscription_id'), textColumn('kind'), numberColumn('rule_index')]

const EVENT = [
  textColumn('id'),
  textColumn('subscription_id'),
  textColumn('kind'),
  textColumn('content'),
  numberColumn('at'),
  textColumn('by_person'),
]

const some = <Row>(rows: readonly Row[], statement: (rows: string) => Statement): Statement[] =>
  rows.length === 0 ? [] : [statement(JSON.stringify(rows))]

/**
 * Contracts over the very versions that were read, their goods, and their histories: a statement a table, however many
 * they are. The whole batch fails when one of them was moved in between.
 */
export function movedStatements(
  { database, clock }: CheckoutDeps,
  { id: bulkId, by }: Pick<BulkWork, 'id' | 'by'>,
  kind: string,
  moved: readonly MovedContract[],
): Statement[] {
  const now = clock.now()
  const ids = moved.map(({ id }) => [id])
  const items = moved.flatMap(({ id, sets }) =>
    sets.flatMap((set, setNo) =>
      set.map(({ productId, quantity, unitPrice }, at): Values => [
        id,
        setNo,
        at,
        productId,
        quantity,
        unitPrice,
      ]),
    ),
  )
  const own = moved.flatMap((one) =>
    one.own.map(({ index, items: goods }): Values => [goods, one.id, 'items', index]),
  )
  const versions = moved.map(({ id, version }): Values => [now, version + 1, id, version])
  const version = { set: [numberColumn('updated_at'), numberColumn('version')] }
  const found = { where: [textColumn('id'), numberColumn('version')] }
  return [
    ...some(versions, (rows) => ({
      ...bulkUpdate(database, 'subscription', { ...version, ...found }, rows),
      expect: { changes: moved.length },
    })),
    ...some(ids, (rows) => bulkDelete(database, 'subscription_item', [textColumn('subscription_id')], rows)),
    ...some(items, (rows) => bulkInsert(database, 'subscription_item', ITEM, rows)),
    ...some(own, (rows) => ({
      ...bulkUpdate(database, 'subscription_turn_change', { set: [textColumn('items')], where: TURN }, rows),
      expect: { changes: own.length },
    })),
    ...some(
      moved.map(({ id, text }): Values => [newId(), id, kind, JSON.stringify({ text, bulkId }), now, by]),
      (rows) => bulkInsert(database, 'subscription_event', EVENT, rows),
    ),
  ]
}

/** Turns that keep goods which their contract has no more. */
export function frozenStatements(
  database: DeskDatabase,
  frozen: readonly (TurnChange & { readonly subscriptionId: string })[],
  { by, at }: Author,
): Statement[] {
  const columns = [
    textColumn('subscription_id'),
    numberColumn('rule_index'),
    textColumn('kind'),
    textColumn('move_to'),
    textColumn('items'),
    textColumn('by_person'),
    numberColumn('at'),
  ]
  return some(
    frozen.map((one): Values => [
      one.subscriptionId,
      one.rule_index,
      one.kind,
      one.move_to,
      one.items,
      by,
      at,
    ]),
    (rows) => bulkInsert(database, 'subscription_turn_change', columns, rows),
  )
}

/** Takes such turns away again. */
export const thawedStatements = (
  database: DeskDatabase,
  frozen: readonly { readonly subscriptionId: string; readonly index: number }[],
): Statement[] =>
  some(
    frozen.map(({ subscriptionId, index }): Values => [subscriptionId, 'items', index]),
    (rows) => bulkDelete(database, 'subscription_turn_change', TURN, rows),
  )

type BulkRow = Selectable<Database['subscription_bulk_row']>
type Marked = Partial<Omit<BulkRow, 'bulk_id' | 'subscription_id'>>

const NUMBERS: ReadonlySet<string> = new Set([
  'seen_version',
  'applied_version',
  'old_total',
  'new_total',
  'own_turns',
])

/** What becomes of rows of a 一括変更, from the very state in which they were read; all get the same columns. */
export function markedStatements(
  database: Pick<DeskDatabase, 'kind'>,
  { bulkId, from }: { readonly bulkId: string; readonly from: BulkRow['state'] },
  marked: readonly { readonly id: string; readonly to: Marked }[],
): Statement[] {
  const columns = Object.keys(marked[0]?.to ?? {})
  const set = columns.map((name) => (NUMBERS.has(name) ? numberColumn(name) : textColumn(name)))
  const where = [textColumn('bulk_id'), textColumn('subscription_id'), textColumn('state')]
  return some(
    marked.map(({ id, to }): Values => [...Object.values(to), bulkId, id, from]),
    (rows) => ({
      ...bulkUpdate(database, 'subscription_bulk_row', { set, where }, rows),
      expect: { changes: marked.length },
    }),
  )
}

const FOUND = [
  textColumn('bulk_id'),
  textColumn('subscription_id'),
  numberColumn('subscription_number'),
  textColumn('state'),
  textColumn('reason'),
  numberColumn('seen_version'),
  textColumn('shown'),
  numberColumn('old_total'),
  numberColumn('new_total'),
  numberColumn('own_turns'),
]

/** Rows of contracts that were looked at, before anything is done. */
export const foundStatements = (
  database: Pick<DeskDatabase, 'kind'>,
  bulkId: string,
  found: readonly Omit<BulkRow, 'bulk_id' | 'applied_version' | 'before'>[],
): Statement[] =>
  some(
    found.map((row): Values => [
      bulkId,
      row.subscription_id,
      row.subscription_number,
      row.state,
      row.reason,
      row.seen_version,
      row.shown,
      row.old_total,
      row.new_total,
      row.own_turns,
    ]),
    (rows) => bulkInsert(database, 'subscription_bulk_row', FOUND, rows),
  )
