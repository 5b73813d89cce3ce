import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'

const TurnCursor = z.tuple([z.string(), z.string()])

const expiring = (db: Kysely<Database>) =>
  db
    .selectFrom('subscription')
    .innerJoin('card', 'card.id', 'subscription.card_id')
    .innerJoin('customer', 'customer.id', 'subscription.customer_id')
    .where('subscription.status', '=', 'active')
    .where('subscription.payment_method', '=', 'card')
    .where('card.removed_at', 'is', null)
    .where('subscription.next_generate_on', 'is not', null)
    // A card is good until the end of its month: it is over when its YYMM lies before that of the day it is charged on.
    .where((eb) =>
      eb(
        'card.expiry_yymm',
        '<',
        eb.fn<string>('concat', [
          eb.fn<string>('substr', ['subscription.next_generate_on', eb.lit(3), eb.lit(2)]),
          eb.fn<string>('substr', ['subscription.next_generate_on', eb.lit(6), eb.lit(2)]),
        ]),
      ),
    )

/** Contracts whose card is over before their next order is made, the nearest first. */
export async function expiringCards(
  db: Kysely<Database>,
  wish: { readonly cursor: string | null; readonly limit: number },
) {
  const after = decodeCursor(wish.cursor, TurnCursor)
  const rows = await expiring(db)
    .select([
      'subscription.id',
      'subscription.number',
      'subscription.next_turn',
      'subscription.next_ship_on',
      'subscription.next_generate_on',
      'customer.id as customer_id',
      'customer.number as customer_number',
      'customer.family_name',
      'customer.given_name',
      'customer.phone',
      'card.id as card_id',
      'card.brand',
      'card.last3',
      'card.expiry_yymm',
    ])
    .$if(after !== null, (q) =>
      q.where((eb) =>
        eb(
          eb.refTuple('subscription.next_generate_on', 'subscription.id'),
          '>',
          eb.tuple(after?.[0] ?? '', after?.[1] ?? ''),
        ),
      ),
    )
    .orderBy('subscription.next_generate_on')
    .orderBy('subscription.id')
    .limit(wish.limit + 1)
    .execute()
  const counted = await db
    .selectFrom(
      expiring(db)
        .select('subscription.id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.next_generate_on ?? '', row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}
