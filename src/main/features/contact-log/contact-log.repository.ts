import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { ContactFilter } from '../../../contract/contact-log'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import { visibleCustomer } from '../../db/visible-customers'

type Db = Kysely<Database>

const Cursor = z.tuple([z.number(), z.uuid()])

/** Contacts with the names that a screen shows. */
const contacts = (db: Db) =>
  db
    .selectFrom('contact_log as c')
    .innerJoin('customer', 'customer.id', 'c.customer_id')
    .innerJoin('staff_user as operator', 'operator.id', 'c.operator_id')
    .leftJoin('contact_master as topic', 'topic.id', 'c.topic_id')
    .leftJoin('contact_master as result', 'result.id', 'c.result_id')
    .leftJoin('staff_user as raiser', 'raiser.id', 'c.escalated_by')
    .leftJoin('staff_user as answerer', 'answerer.id', 'c.answered_by')

const shown = (db: Db) =>
  contacts(db)
    .selectAll('c')
    .select([
      'customer.family_name',
      'customer.given_name',
      'operator.name as operator_name',
      'topic.label as topic',
      'result.label as result',
      'raiser.name as raiser_name',
      'answerer.name as answerer_name',
    ])

export type ContactRow = NonNullable<Awaited<ReturnType<typeof findContact>>>

export const findContact = async (db: Db, id: string) =>
  (await shown(db).where('c.id', '=', id).where(visibleCustomer()).executeTakeFirst()) ?? null

export interface ContactList {
  /** Null: of all customers. */
  readonly customerId: string | null
  readonly filter: ContactFilter
  readonly cursor: string | null
  readonly limit: number
  readonly userId: string
  /** The business date of today. */
  readonly today: string
}

const likeOf = (word: string): string => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** One condition a word: each must be found in the text, the codes, the escalation or the customer's name. */
const wordsOf = (text: string) =>
  text
    .normalize('NFKC')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, 5)
    .map((word) => {
      const like = likeOf(word)
      return sql<SqlBool>`(c.body like ${like} escape '\\' or topic.label like ${like} escape '\\'
        or result.label like ${like} escape '\\' or c.escalation_reason like ${like} escape '\\'
        or customer.family_name || customer.given_name like ${like} escape '\\'
        or customer.family_kana || customer.given_kana like ${like} escape '\\')`
    })

/** What a list asks for, as conditions over `contacts`. */
function conditionsOf({ customerId, filter, userId, today }: ContactList): RawBuilder<SqlBool>[] {
  const conditions = [visibleCustomer(), ...wordsOf(filter.text)]
  if (customerId !== null) conditions.push(sql<SqlBool>`c.customer_id = ${customerId}`)
  if (filter.mine) conditions.push(sql<SqlBool>`c.operator_id = ${userId}`)
  if (filter.open || filter.due) conditions.push(sql<SqlBool>`c.status = 'open'`)
  if (filter.due) conditions.push(sql<SqlBool>`c.due_on <= ${today}`)
  if (filter.escalated) conditions.push(sql<SqlBool>`c.escalation in ('open', 'answered')`)
  return conditions
}

/** A page of contacts, newest first. */
export async function listContacts(db: Db, list: ContactList) {
  const after = decodeCursor(list.cursor, Cursor)
  const wanted = sql.join(conditionsOf(list), sql` and `)
  const rows = await shown(db)
    .where(sql<SqlBool>`(${wanted})`)
    .$if(after !== null, (some) =>
      some.where((eb) => eb(eb.refTuple('c.at', 'c.id'), '<', eb.tuple(after?.[0] ?? 0, after?.[1] ?? ''))),
    )
    .orderBy('c.at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(list.limit + 1)
    .execute()
  const counted = await db
    .selectFrom(
      contacts(db)
        .select('c.id')
        .where(sql<SqlBool>`(${wanted})`)
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    list.limit,
    (row) => row,
    (row) => [row.at, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

/** The orders that contacts speak of. */
export async function ordersOfContacts(db: Db, logIds: readonly string[]) {
  const found = new Map<string, { id: string; number: number }[]>()
  if (logIds.length === 0) return found
  const rows = await db
    .selectFrom('contact_log_order')
    .innerJoin('sales_order', 'sales_order.id', 'contact_log_order.order_id')
    .select(['log_id', 'sales_order.id', 'sales_order.number'])
    .where('log_id', 'in', [...logIds])
    .orderBy('sales_order.number', 'desc')
    .execute()
  for (const { log_id, id, number } of rows) found.set(log_id, [...(found.get(log_id) ?? []), { id, number }])
  return found
}

/** True when these codes are of their kind and these orders are this customer's. */
export async function fits(
  db: Db,
  input: { customerId: string; topicId: string | null; resultId: string | null; orderIds: readonly string[] },
): Promise<boolean> {
  const isCode = async (id: string | null, kind: 'topic' | 'result') =>
    id === null ||
    (await db
      .selectFrom('contact_master')
      .select('id')
      .where('id', '=', id)
      .where('kind', '=', kind)
      .executeTakeFirst()) !== undefined
  if (!(await isCode(input.topicId, 'topic')) || !(await isCode(input.resultId, 'result'))) return false
  if (input.orderIds.length === 0) return true
  const own = await db
    .selectFrom('sales_order')
    .select('id')
    .where('customer_id', '=', input.customerId)
    .where('id', 'in', [...input.orderIds])
    .execute()
  return own.length === new Set(input.orderIds).size
}

export const allMasters = (db: Db) =>
  db
    .selectFrom('contact_master')
    .selectAll()
    .orderBy('kind')
    .orderBy('position')
    .orderBy('id')
    .limit(500)
    .execute()
