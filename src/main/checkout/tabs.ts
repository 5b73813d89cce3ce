import type { Selectable } from 'kysely'
import { CheckoutForm, type CheckoutView } from '../../contract/checkout'
import { MAX_TABS, type OrderTab } from '../../contract/order-tabs'
import type { SubscriptionForm } from '../../contract/subscription-form'
import type { CheckoutTable } from '../db/database.types'
import { Refusal } from '../platform/refusal'
import { discard, openCheckout } from './checkout.service'
import { EMPTY_FORM, type Actor, type CheckoutDeps } from './deps'
import { loadCheckout, openForm } from './drafts'
import { isEmptyRegistration, openSubscriptionForm } from './subscription-form'
import { viewOf } from './view'

const OPEN = ['editing', 'authorizing', 'read-back'] as const

/** An empty form as a form that was kept comes back, key by key. */
const EMPTY = JSON.stringify(CheckoutForm.parse(EMPTY_FORM))

interface TabRow extends Selectable<CheckoutTable> {
  readonly opened_at: number
  readonly changes_number: number | null
  readonly family_name: string | null
  readonly given_name: string | null
}

const tabRows = (deps: CheckoutDeps, userId: string): Promise<TabRow[]> =>
  deps.database.db
    .selectFrom('open_tab')
    .innerJoin('checkout', 'checkout.id', 'open_tab.checkout_id')
    .leftJoin('sales_order', 'sales_order.id', 'checkout.order_id')
    .leftJoin('customer', 'customer.id', 'checkout.customer_id')
    .selectAll('checkout')
    .select([
      'open_tab.opened_at',
      'sales_order.number as changes_number',
      'customer.family_name',
      'customer.given_name',
    ])
    .where('open_tab.user_id', '=', userId)
    .where('checkout.status', 'in', OPEN)
    .orderBy('open_tab.opened_at')
    .orderBy('checkout.id')
    .execute()

const fullName = (family: string, given: string): string | null => `${family} ${given}`.trim() || null

function tabOf(row: TabRow, form: CheckoutForm): OrderTab {
  const { customer } = form
  const fields = customer.kind === 'new' ? customer.fields : null
  return {
    checkoutId: row.id,
    purpose: row.purpose,
    stage: row.status,
    customerName: fields
      ? fullName(fields.familyName, fields.givenName)
      : fullName(row.family_name ?? '', row.given_name ?? ''),
    customerId: customer.kind === 'existing' ? customer.customerId : null,
    phone: fields?.phone ?? (customer.kind === 'none' ? customer.phone : ''),
    changesNumber: row.changes_number,
    heldUntil: row.held_until,
    isEmpty: row.status === 'editing' && row.order_id === null && JSON.stringify(form) === EMPTY,
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
  }
}

/** A registration of a 定期 as a tab. */
function registrationTab(row: TabRow, form: SubscriptionForm): OrderTab {
  const { customerId, caller } = form
  const fields = caller?.kind === 'new' ? caller.fields : null
  const typed = caller?.kind === 'none' ? caller.phone : ''
  return {
    checkoutId: row.id,
    purpose: row.purpose,
    stage: row.status,
    customerName:
      customerId === null && fields
        ? fullName(fields.familyName, fields.givenName)
        : fullName(row.family_name ?? '', row.given_name ?? ''),
    customerId,
    phone: customerId === null ? (fields?.phone ?? typed) : '',
    changesNumber: null,
    heldUntil: row.held_until,
    isEmpty: row.status === 'editing' && isEmptyRegistration(form),
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
  }
}

function readTab(deps: CheckoutDeps, row: TabRow): OrderTab | null {
  if (row.purpose === 'subscription') {
    const form = openSubscriptionForm(deps, row)
    return form && registrationTab(row, form)
  }
  const form = openForm(deps, row)
  return form && tabOf(row, form)
}

/** The open orders of a person. Drafts that another PC has sealed are not among them: nobody could read them here. */
export async function listTabs(deps: CheckoutDeps, userId: string): Promise<OrderTab[]> {
  const rows = await tabRows(deps, userId)
  return rows.flatMap((row) => readTab(deps, row) ?? []).slice(0, MAX_TABS)
}

const removeTab = (deps: CheckoutDeps, userId: string, checkoutId: string) =>
  deps.database.db
    .deleteFrom('open_tab')
    .where('user_id', '=', userId)
    .where('checkout_id', '=', checkoutId)
    .execute()

const addTab = (deps: CheckoutDeps, userId: string, checkoutId: string) =>
  deps.database.db
    .insertInto('open_tab')
    .values({ user_id: userId, checkout_id: checkoutId, opened_at: deps.clock.now() })
    .onConflict((conflict) => conflict.columns(['user_id', 'checkout_id']).doNothing())

/**
 * Makes room for one more tab: closes the order that rested longest, whose draft stays. Null when there is room;
 * refuses when every order is on hold, a change, or past its form.
 */
async function makeRoom(deps: CheckoutDeps, userId: string, tabs: OrderTab[]): Promise<OrderTab | null> {
  if (tabs.length < MAX_TABS) return null
  const [longest] = tabs
    .filter((tab) => tab.stage === 'editing' && tab.heldUntil === null && tab.changesNumber === null)
    .toSorted((one, other) => one.updatedAt - other.updatedAt)
  if (!longest) throw new Refusal('TOO_MANY')
  await closeTab(deps, userId, longest.checkoutId)
  return longest
}

/** A new order as a tab: the open one in which nothing was entered, or an empty draft. */
export async function beginOrder(
  deps: CheckoutDeps,
  actor: Actor,
): Promise<{ view: CheckoutView; parked: OrderTab | null }> {
  const tabs = await listTabs(deps, actor.userId)
  const untouched = tabs.find(({ isEmpty, purpose }) => isEmpty && purpose === 'order')
  if (untouched) return { view: await viewOf(deps, untouched.checkoutId), parked: null }
  const parked = await makeRoom(deps, actor.userId, tabs)
  const view = await openCheckout(deps, actor, (id) => [{ query: addTab(deps, actor.userId, id).compile() }])
  return { view, parked }
}

/** Makes a draft a tab of this person; one that is finished, or a tab already, is left alone. */
export async function openTab(
  deps: CheckoutDeps,
  userId: string,
  checkoutId: string,
): Promise<{ parked: OrderTab | null }> {
  const row = await loadCheckout(deps, checkoutId)
  const tabs = await listTabs(deps, userId)
  const isOver = row.status === 'completed' || row.status === 'discarded'
  if (isOver || tabs.some((tab) => tab.checkoutId === checkoutId)) return { parked: null }
  const parked = await makeRoom(deps, userId, tabs)
  await addTab(deps, userId, checkoutId).execute()
  return { parked }
}

/** Closes a tab; a draft in which nothing was entered goes with it, every other one stays among 途中の注文. */
export async function closeTab(deps: CheckoutDeps, userId: string, checkoutId: string): Promise<OrderTab[]> {
  const tab = (await listTabs(deps, userId)).find((one) => one.checkoutId === checkoutId)
  await removeTab(deps, userId, checkoutId)
  if (tab?.isEmpty === true) {
    const { version } = await loadCheckout(deps, checkoutId)
    await discard(deps, checkoutId, version)
  }
  return listTabs(deps, userId)
}
