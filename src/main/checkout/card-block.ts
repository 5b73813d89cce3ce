import { sql } from 'kysely'
import { isTransactionCode, TRANSACTION_CODES } from '../../contract/transaction-codes'
import type { Statement } from '../db/open-database'
import { prepared } from '../db/prepared'
import { newId } from '../platform/ids'
import type { CheckoutDeps } from './deps'
import type { CheckoutRow } from './drafts'

const customerOf = (checkoutId: string) =>
  sql<string>`(select customer_id from checkout where id = ${checkoutId})`

const resetFailures = prepared<'checkoutId'>((db, slot) =>
  db
    .updateTable('customer')
    .set({ card_failures: 0 })
    .where('card_failures', '>', 0)
    .where('id', '=', (eb) =>
      eb
        .selectFrom('checkout')
        .select('customer_id')
        .where('checkout.id', '=', slot('checkoutId'))
        .$asScalar(),
    ),
)

/** True for a refusal of the card; a busy or disturbed service is no failure of anybody's card. */
export const isCardFailure = (code: string | null): boolean =>
  code !== null && isTransactionCode(code) && !TRANSACTION_CODES[code].retry

/** What an approval means for the customer of a checkout: the row of failures is over. */
export const approvalStatements = ({ database: { db } }: CheckoutDeps, checkoutId: string): Statement[] => [
  { query: resetFailures(db, { checkoutId }) },
]

/**
 * One more declined card in a row, in the transaction of its verdict; the one that reaches the limit blocks the customer.
 * The version moves with the block alone: a person looks at it.
 */
export async function declineStatements(
  deps: CheckoutDeps,
  checkoutId: string,
  now: number,
): Promise<Statement[]> {
  const { db } = deps.database
  const { cardFailureLimit: limit } = await deps.blacklistRules()
  const customer = customerOf(checkoutId)
  const count = sql`update customer set card_failures = card_failures + 1 where id = ${customer}`
  const statements = [{ query: count.compile(db) }]
  if (limit === null) return statements
  const block = sql`update customer set card_blocked_at = ${now}, version = version + 1, updated_at = ${now}
    where id = ${customer} and card_blocked_at is null and card_failures >= ${limit}`
  const note = sql`insert into customer_standing_event (id, customer_id, at, kind, reason, operator_id)
    select ${newId()}, id, ${now}, 'card-blocked', ${`カードの失敗が${limit}回続きました。`}, null from customer
    where id = ${customer} and card_blocked_at = ${now} and not exists (
      select 1 from customer_standing_event e
      where e.customer_id = customer.id and e.at = ${now} and e.kind = 'card-blocked')`
  return [...statements, { query: block.compile(db) }, { query: note.compile(db) }]
}

/** Declined cards in a row of a checkout whose customer is not registered yet. */
async function failuresOfCheckout({ database: { db } }: CheckoutDeps, checkoutId: string): Promise<number> {
  const rows = await db
    .selectFrom('payment')
    .select(['status', 'code'])
    .where('checkout_id', '=', checkoutId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const last = rows.findIndex(({ status }) => status !== 'failed')
  return (last < 0 ? rows : rows.slice(0, last)).filter(({ code }) => isCardFailure(code)).length
}

const blockOf = prepared<'id', { card_blocked_at: number | null }>((db, slot) =>
  db.selectFrom('customer').select('card_blocked_at').where('id', '=', slot('id')),
)

/** True when no card may be taken of this checkout's customer, known or new. */
export async function isCardBlocked(
  deps: CheckoutDeps,
  row: Pick<CheckoutRow, 'id' | 'customer_id'>,
): Promise<boolean> {
  if (row.customer_id !== null) {
    const { db } = deps.database
    const [customer] = (await db.executeQuery(blockOf(db, { id: row.customer_id }))).rows
    return customer !== undefined && customer.card_blocked_at !== null
  }
  const { cardFailureLimit: limit } = await deps.blacklistRules()
  return limit !== null && (await failuresOfCheckout(deps, row.id)) >= limit
}
