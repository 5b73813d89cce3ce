import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/database.types'

type Db = Kysely<Database>

/** A contract of which a customer is to be reminded, with the key of the reminder. */
export interface Reminder {
  readonly key: string
  readonly subscriptionId: string
  readonly turn: number
}

const unsaid = (key: ReturnType<typeof sql<string>>) =>
  sql<boolean>`not exists (select 1 from customer_mail m where m.event_key = ${key})`

/** Contracts whose next turn can be changed until a day from `today` to `until`; each turn once. */
export async function nearDeadlines(
  db: Db,
  { today, until, limit }: { today: string; until: string; limit: number },
): Promise<Reminder[]> {
  const key = sql<string>`'change-deadline:' || s.id || ':' || cast(s.next_turn as text)`
  const rows = await db
    .selectFrom('subscription as s')
    .select(['s.id', 's.next_turn', key.as('key')])
    .where('s.status', '=', 'active')
    .where('s.change_until', '>=', today)
    .where('s.change_until', '<=', until)
    .where('s.next_deliver_on', 'is not', null)
    .where((eb) => eb.or([eb('s.pause_from', 'is', null), eb('s.pause_until', 'is not', null)]))
    .where(unsaid(key))
    .orderBy('s.change_until')
    .orderBy('s.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ key: row.key, subscriptionId: row.id, turn: row.next_turn }))
}

/** Contracts whose card is over before their next order, which is made until a day; each card once. */
export async function endingCards(
  db: Db,
  { until, limit }: { until: string; limit: number },
): Promise<Reminder[]> {
  const key = sql<string>`'card-expiring:' || s.id || ':' || s.card_id`
  const rows = await db
    .selectFrom('subscription as s')
    .innerJoin('card', 'card.id', 's.card_id')
    .select(['s.id', 's.next_turn', key.as('key')])
    .where('s.status', '=', 'active')
    .where('s.payment_method', '=', 'card')
    .where('card.removed_at', 'is', null)
    .where('s.next_generate_on', '<=', until)
    // Good until the end of its month: over when its YYMM lies before that of the day on which it is charged.
    .where(
      sql<boolean>`card.expiry_yymm < substr(s.next_generate_on, 3, 2) || substr(s.next_generate_on, 6, 2)`,
    )
    .where(unsaid(key))
    .orderBy('s.next_generate_on')
    .orderBy('s.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ key: row.key, subscriptionId: row.id, turn: row.next_turn }))
}
