import { sql, type Kysely, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Database } from '../db/database.types'
import type { Statement, StatementResult } from '../db/open-database'
import { prepared } from '../db/prepared'

/** Series of short numbers that people use, each with its first one. Numbers may have gaps, never repeat. */
const FIRST = { transaction: 1, order: 100_001, customer: 10_001 } as const

/** Takes `count` numbers of a series at once; the row tells where the series goes on. */
const taking = (db: Kysely<Database>, name: keyof typeof FIRST, count: number) =>
  db
    .insertInto('sequence')
    .values({ name, next: FIRST[name] + count })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ next: sql`sequence.next + ${count}` }))
    .returning('next')

/** First statement of the batch that makes an order: takes its number. */
export const takeOrderNumber = (db: Kysely<Database>): Statement => ({ query: takingOrder(db, {}) })

const takingOrder = prepared<never, unknown>((db) => taking(db, 'order', 1))

/** The order number that this batch has taken, for its later statements. */
export const takenOrderNumber = (): RawBuilder<number> =>
  sql<number>`(select next - 1 from sequence where name = 'order')`

const Row = z.object({ next: z.coerce.number().int() })

/** The order number from the result of `takeOrderNumber`. */
export const orderNumberOf = (result: StatementResult | undefined): number =>
  Row.parse(result?.rows[0]).next - 1

export async function nextCustomerNumber(db: Kysely<Database>): Promise<number> {
  return Number((await taking(db, 'customer', 1).executeTakeFirstOrThrow()).next) - 1
}

/** Transaction numbers that one commit reserves: an authorization must not wait for a commit of its own. */
const BLOCK = 50
const blocks = new WeakMap<Kysely<Database>, { next: number; end: number }>()

/** 取引ID: six characters, base 36, as in `0000cq`. Those that a crash leaves unused are never used again. */
export async function nextTransactionNumber(db: Kysely<Database>): Promise<string> {
  let block = blocks.get(db)
  if (!block || block.next >= block.end) {
    const end = Number((await taking(db, 'transaction', BLOCK).executeTakeFirstOrThrow()).next)
    block = { next: end - BLOCK, end }
    blocks.set(db, block)
  }
  return (block.next++).toString(36).padStart(6, '0')
}
