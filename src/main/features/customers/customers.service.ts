import type { CustomerDetail, CustomerFields, CustomerSummary } from '../../../contract/customers'
import { yen } from '../../../contract/values'
import { fieldsOfCustomer } from '../../checkout/form-check'
import { shownCard } from '../../checkout/view'
import type { DeskDatabase } from '../../db/open-database'
import { contactFaults, normalizeFields } from '../../domain/people/contact-fields'
import type { Clock } from '../../platform/clock'
import { Refusal } from '../../platform/refusal'
import { itemsOf, ordersOfCustomer, sellableLines } from './order-history.repository'
import { customerUpdate, otherPhonesOf } from '../../db/customer-write'
import { standingCustomer } from '../../db/merged-customers'
import { searchCustomers, type CustomerQuery, type ListedCustomer } from './customer-list.repository'
import { cardsOf, findCustomer, type CustomerRow } from './customers.repository'

export { itemsOf }

export interface CustomersDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  /** The service whose tokens can be charged now. */
  readonly serviceId: string | null
}

const addressOf = (row: CustomerRow): string =>
  [row.prefecture, row.city, row.address, row.building ?? ''].join('')

const summaryOf = (row: ListedCustomer): CustomerSummary => ({
  id: row.id,
  number: row.number,
  name: `${row.family_name} ${row.given_name}`,
  kana: `${row.family_kana} ${row.given_kana}`,
  phone: row.phone,
  postalCode: row.postal_code,
  address: addressOf(row),
  email: row.email,
  orderCount: row.order_count,
  lastOrderedAt: row.last_ordered_at || null,
})

export async function search(deps: CustomersDeps, query: CustomerQuery) {
  const page = await searchCustomers(deps.database, query)
  return { ...page, items: page.items.map(summaryOf) }
}

/** Everything that the desk shows of a customer before and during a call. */
export async function detail(deps: CustomersDeps, asked: string): Promise<CustomerDetail> {
  const { db } = deps.database
  const found = await findCustomer(db, asked)
  if (!found) throw new Refusal('NOT_FOUND')
  // Whoever was merged into another is that customer now: old links and numbers lead there.
  const id = found.merged_into === null ? found.id : await standingCustomer(db, found.id)
  const row = id === found.id ? found : await findCustomer(db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  const [cards, orders] = await Promise.all([cardsOf(db, id), ordersOfCustomer(db, id, 20)])
  const items = await itemsOf(
    db,
    orders.map((order) => order.id),
  )
  const [latest] = orders
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    isAnonymised: row.status === 'anonymised',
    fields: fieldsOfCustomer(row),
    note: row.note ?? '',
    cards: cards.map((row) => {
      const card = shownCard(row, deps.clock.now())
      const usable = row.service === deps.serviceId && card.validity !== 'over'
      return { ...card, service: row.service, usable }
    }),
    orders: orders.map((order) => ({
      id: order.id,
      number: order.number,
      orderedAt: order.ordered_at,
      status: order.status,
      total: yen(order.total),
      items: items.get(order.id) ?? '',
    })),
    lastLines: latest ? await sellableLines(db, latest.id) : [],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** Keeps changed fields over the version that the screen has seen. */
export async function save(
  deps: CustomersDeps,
  change: { id: string; version: number; fields: CustomerFields; note: string },
): Promise<CustomerDetail> {
  const row = await findCustomer(deps.database.db, change.id)
  if (!row || row.status !== 'active') throw new Refusal('NOT_FOUND')
  if (row.version !== change.version) throw new Refusal('STALE', { version: row.version })
  const fields = normalizeFields(change.fields)
  const faults = contactFaults(fields, '')
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  const otherPhones = await otherPhonesOf(deps.database, row.id)
  try {
    await deps.database.batch(
      customerUpdate(deps.database, { row, fields, note: change.note, now: deps.clock.now(), otherPhones }),
    )
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExpectationFailed') throw error
    const current = await findCustomer(deps.database.db, change.id)
    throw new Refusal('STALE', { version: current?.version ?? change.version })
  }
  return detail(deps, change.id)
}
