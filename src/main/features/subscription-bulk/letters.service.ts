import { BulkShown, type BulkLetter } from '../../../contract/subscription-bulk'
import { letterRows } from './subscription-bulk.repository'
import type { SubscriptionBulkDeps } from './subscription-bulk.service'

const ON_SCREEN = 1000

type LetterRow = Awaited<ReturnType<typeof letterRows>>[number]

export function letterOf(row: LetterRow): BulkLetter {
  const { before, after, oldTotal, newTotal, turn, deliverOn } = BulkShown.parse(JSON.parse(row.shown))
  return {
    subscriptionId: row.subscription_id,
    number: row.subscription_number,
    customerNumber: row.customer_number,
    name: `${row.family_name} ${row.given_name}`.trim(),
    postalCode: row.postal_code,
    address: [row.prefecture, row.city, row.address, row.building ?? ''].join(''),
    email: row.email ?? '',
    phone: row.phone,
    before,
    after,
    oldTotal,
    newTotal,
    turn,
    deliverOn,
  }
}

/** お知らせ先: the first thousand customers to be written to, for the screen and for paper. */
export async function letters(deps: SubscriptionBulkDeps, id: string): Promise<BulkLetter[]> {
  const rows = await letterRows(deps.checkout.database.db, { id, after: '', limit: ON_SCREEN })
  return rows.map(letterOf)
}
