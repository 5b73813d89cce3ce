import { sql, type Kysely, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Database } from '../db/database.types'
import type { Statement, StatementResult } from '../db/open-database'
import { prepared } from '../db/prepared'

/** Series of short numbers that people use, each with its first one. Numbers may have gaps, never repeat. */
const FIRST = { transaction: 1, order: 100_001, customer: 10_001, subscription: 500_001 } as const

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

/** 定期番号. */
export async function nextSubscriptionNumber(db: Kysely<Database>): Promise<number> {
  return Number((await taking(db, 'subscription', 1).executeTakeFirstOrThrow()).next) - 1
}

/** Takes many 定期番号 at once; the answer is the first of them. */
export async function takeSubscriptionNumbers(db: Kysely<Database>, count: number): Promise<number> {
  return Number((await taking(db, 'subscription', count).executeTakeFirstOrThrow()).next) - count
}

/** Takes many customer numbers at once; the answer is the first of them. */
export async function takeCustomerNumbers(db: Kysely<Database>, count: number): Promise<number> {
  return Number((await taking(db, 'customer', count).executeTakeFirstOrThrow()).next) - count
}

/** Lets the series of customer numbers go on behind a number that came from elsewhere. */
export const passCustomerNumber = (db: Kysely<Database>, used: number): Statement => ({
  query: db
    .insertInto('sequence')
    .values({ name: 'customer', next: Math.max(used + 1, FIRST.customer) })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ next: used + 1 })
        .where('sequence.next', '<=', used),
    )
    .compile(),
})

/** From this customer number on, all are free. */
export async function firstFreeCustomerNumber(db: Kysely<Database>): Promise<number> {
  const row = await db.selectFrom('sequence').select('next').where('name', '=', 'customer').executeTakeFirst()
  const { highest } = await db
    .selectFrom('customer')
    .select((eb) => eb.fn.max<number | null>('number').as('highest'))
    .executeTakeFirstOrThrow()
  return Math.max(row?.next ?? FIRST.customer, Number(highest ?? 0) + 1)
}

/** Transaction numbers that one commit reserves: an authorization must not wait for a commit of its own. */
const BLOCK = 50

interface Block {
  next: number
  readonly end: number
  /** The block behind this one, asked for before this one is used up. */
  following: Promise<Block> | null
}

const blocks = new WeakMap<Kysely<Database>, Block>()

async function reserve(db: Kysely<Database>): Promise<Block> {
  const end = Number((await taking(db, 'transaction', BLOCK).executeTakeFirstOrThrow()).next)
  return { next: end - BLOCK, end, following: null }
}

/** Asks for the next block beside the work that goes on; a failure shows when the block is needed. */
function reserveEarly(db: Kysely<Database>, block: Block): void {
  if (block.following !== null || block.end - block.next > BLOCK / 2) return
  const following = reserve(db)
  block.following = following
  following.catch(() => {
    block.following = null
  })
}

/** 取引ID: six characters, base 36, as in `0000cq`. Those that a crash leaves unused are never used again. */
export async function nextTransactionNumber(db: Kysely<Database>): Promise<string> {
  for (;;) {
    const block = blocks.get(db)
    if (block && block.next < block.end) {
      const number = block.next++
      setImmediate(() => reserveEarly(db, block))
      return number.toString(36).padStart(6, '0')
    }
    const fresh = await (block?.following ?? reserve(db))
    // Whoever waited beside us may have put a block in place already; then ours stays unused.
    if (blocks.get(db) === block) blocks.set(db, fresh)
  }
}
