import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { CustomerMailFilter } from '../../../contract/customer-mails'
import { normalizePhone } from '../../../contract/text'
import type { CustomerMailTable } from '../../db/customer-mail-tables.types'
import type { Database } from '../../db/database.types'
import type { Statement } from '../../db/open-database'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import { visibleCustomer } from '../../db/visible-customers'

type Db = Kysely<Database>

/** Mails with all that they tell of. */
const mails = (db: Db) =>
  db
    .selectFrom('customer_mail as m')
    .innerJoin('customer', 'customer.id', 'm.customer_id')
    .innerJoin('subscription as s', 's.id', 'm.subscription_id')
    .innerJoin('shop', 'shop.id', 's.shop_id')
    .leftJoin('subscription_cycle as k', 'k.id', 'm.cycle_id')
    .leftJoin('sales_order as o', 'o.id', 'k.order_id')
    .leftJoin('card', 'card.id', 's.card_id')

const shown = (db: Db) =>
  mails(db)
    .selectAll('m')
    .select([
      'customer.number as customer_number',
      'customer.family_name',
      'customer.given_name',
      'customer.phone',
      'customer.email',
      'customer.mail_consent',
      's.number as contract_number',
      's.status as contract_status',
      's.operator_id',
      's.next_turn',
      's.next_deliver_on',
      's.next_generate_on',
      's.change_until',
      's.card_id',
      'shop.name as shop_name',
      'shop.phone as shop_phone',
      'k.status as cycle_status',
      'k.attention as cycle_attention',
      'k.deliver_on',
      'k.next_retry_on',
      'k.order_id',
      'o.number as order_number',
      'o.total as order_total',
      'card.brand',
      'card.last3',
      'card.expiry_yymm',
      'card.removed_at as card_removed_at',
    ])

export type MailRow = Awaited<ReturnType<ReturnType<typeof shown>['execute']>>[number]

export const findMail = async (db: Db, id: string): Promise<MailRow | null> =>
  (await shown(db).where('m.id', '=', id).where(visibleCustomer()).executeTakeFirst()) ?? null

/** Mails whose text is still to be written, the oldest first. */
export const unwrittenMails = (db: Db, limit: number): Promise<MailRow[]> =>
  shown(db)
    .where('m.state', '=', 'waiting')
    .where('m.subject', 'is', null)
    .orderBy('m.next_try_at')
    .orderBy('m.id')
    .limit(limit)
    .execute()

export const nextDueMail = async (db: Db, now: number): Promise<MailRow | null> =>
  (await shown(db)
    .where('m.state', '=', 'waiting')
    .where('m.subject', 'is not', null)
    .where('m.next_try_at', '<=', now)
    .orderBy('m.next_try_at')
    .orderBy('m.id')
    .limit(1)
    .executeTakeFirst()) ?? null

/** The goods of an order in one line. */
export async function goodsOf(db: Db, orderId: string): Promise<string> {
  const lines = await db
    .selectFrom('order_line')
    .select('name')
    .where('order_id', '=', orderId)
    .where('kind', '=', 'product')
    .orderBy('position')
    .execute()
  const first = lines[0]?.name ?? ''
  return lines.length > 1 ? `${first} ほか${lines.length - 1}点` : first
}

const likeOf = (word: string): string => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** Each word must be found: in the name, the kana, the phone, the customer's number or 定期番号. */
function wordsOf(text: string): RawBuilder<SqlBool>[] {
  const words = text.normalize('NFKC').split(/\s+/u)
  return words
    .filter((word) => word !== '')
    .slice(0, 5)
    .map((word) => {
      const like = likeOf(word)
      const digits = normalizePhone(word)
      const numbers = digits === '' ? sql`` : sql` or customer.phone like ${likeOf(digits)} escape '\\'`
      return sql<SqlBool>`(customer.family_name || customer.given_name like ${like} escape '\\'
        or customer.family_kana || customer.given_kana like ${like} escape '\\'
        or cast(customer.number as text) = ${word} or cast(s.number as text) = ${word}${numbers})`
    })
}

function conditionsOf({ text, state, kind }: CustomerMailFilter): RawBuilder<SqlBool> {
  const list = (values: readonly string[]) => sql.join(values.map((value) => sql`${value}`))
  const conditions = [visibleCustomer(), ...wordsOf(text)]
  if (state.length > 0) conditions.push(sql<SqlBool>`m.state in (${list(state)})`)
  if (kind.length > 0) conditions.push(sql<SqlBool>`m.kind in (${list(kind)})`)
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`
}

const Cursor = z.tuple([z.number(), z.uuid()])

/** A page of mails, the newest first. */
export async function listMails(
  db: Db,
  wish: { readonly filter: CustomerMailFilter; readonly cursor: string | null; readonly limit: number },
) {
  const after = decodeCursor(wish.cursor, Cursor)
  const wanted = conditionsOf(wish.filter)
  const rows = await shown(db)
    .where(wanted)
    .$if(after !== null, (some) =>
      some.where((eb) =>
        eb(eb.refTuple('m.created_at', 'm.id'), '<', eb.tuple(after?.[0] ?? 0, after?.[1] ?? '')),
      ),
    )
    .orderBy('m.created_at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  const counted = await db
    .selectFrom(
      mails(db)
        .select('m.id')
        .where(wanted)
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.created_at, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

/** What a change may write. */
export type MailChange = Partial<
  Omit<CustomerMailTable, 'id' | 'event_key' | 'kind' | 'customer_id' | 'created_at' | 'version'>
>

/** Changes a mail over the version that was read; the batch fails when another was faster. */
export const changeStatement = (
  db: Db,
  mail: { readonly id: string; readonly version: number },
  change: MailChange,
): Statement => ({
  query: db
    .updateTable('customer_mail')
    .set({ ...change, version: mail.version + 1 })
    .where('id', '=', mail.id)
    .where('version', '=', mail.version)
    .compile(),
  expect: { changes: 1 },
})

/** Mails whose sender was gone before it could say how it ended: nobody knows whether they went out. */
export async function markAbandoned(db: Db, now: number, claimedBefore: number): Promise<void> {
  await db
    .updateTable('customer_mail')
    .set((eb) => ({
      state: 'unknown' as const,
      cause: 'connection-lost',
      next_try_at: null,
      updated_at: now,
      version: eb('version', '+', 1),
    }))
    .where('state', '=', 'sending')
    .where('claimed_at', '<', claimedBefore)
    .execute()
}

/** The server cannot be used now: all that waits, waits until then. */
export async function putOff(db: Db, until: number, cause: string): Promise<void> {
  await db
    .updateTable('customer_mail')
    .set((eb) => ({ next_try_at: until, cause, version: eb('version', '+', 1) }))
    .where('state', '=', 'waiting')
    .where('next_try_at', '<', until)
    .execute()
}

/** The server is there again: what was put off is due. */
export async function readyAgain(db: Db, now: number, causes: readonly string[]): Promise<void> {
  await db
    .updateTable('customer_mail')
    .set((eb) => ({ next_try_at: now, cause: null, smtp_code: null, version: eb('version', '+', 1) }))
    .where('state', '=', 'waiting')
    .where('cause', 'in', [...causes])
    .execute()
}

/** 電話で連絡: mails whose customers wait for a call, as the list counts them. */
export async function countToCall(db: Db): Promise<number> {
  const { count } = await mails(db)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('m.state', '=', 'phone')
    .where(visibleCustomer())
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Counts of what waits, and what the server said last of it. */
export async function queueCounts(db: Db) {
  const counts = await db
    .selectFrom('customer_mail')
    .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
    .where('state', 'in', ['waiting', 'sending', 'phone'])
    .groupBy('state')
    .execute()
  const next = await db
    .selectFrom('customer_mail')
    .select('next_try_at')
    .where('state', '=', 'waiting')
    .orderBy('next_try_at')
    .limit(1)
    .executeTakeFirst()
  const troubled = await db
    .selectFrom('customer_mail')
    .select('cause')
    .where('state', '=', 'waiting')
    .where('cause', 'is not', null)
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const countOf = (state: string) => Number(counts.find((row) => row.state === state)?.count ?? 0)
  return {
    waiting: countOf('waiting') + countOf('sending'),
    phone: countOf('phone'),
    nextTryAt: next?.next_try_at ?? null,
    cause: troubled?.cause ?? null,
  }
}
