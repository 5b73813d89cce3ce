import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/database.types'

/** Takes the next number of a series; numbers may have gaps, never repeats. */
async function next(db: Kysely<Database>, name: string, first: number): Promise<number> {
  const row = await db
    .insertInto('sequence')
    .values({ name, next: first + 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ next: sql`sequence.next + 1` }))
    .returning('next')
    .executeTakeFirstOrThrow()
  return Number(row.next) - 1
}

/** 取引ID: six characters, base 36, as in `0000cq`. */
export const nextTransactionNumber = async (db: Kysely<Database>): Promise<string> =>
  (await next(db, 'transaction', 1)).toString(36).padStart(6, '0')

export const nextOrderNumber = (db: Kysely<Database>): Promise<number> => next(db, 'order', 100_001)
export const nextCustomerNumber = (db: Kysely<Database>): Promise<number> => next(db, 'customer', 10_001)
