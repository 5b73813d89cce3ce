import type { PlannedTurn as ShownTurn, SubscriptionForm } from '../../../contract/subscription-form'
import { normalizePostalCode } from '../../../contract/text'
import type { CheckoutDeps } from '../../checkout/deps'
import { loadShipping, planOfForm } from '../../checkout/subscription-plan'
import { loadPrices, productIdsOf, shownPlan } from '../../checkout/subscription-price'
import type { DeskDatabase } from '../../db/open-database'
import type { ShipTo } from '../../domain/calendar/delivery'
import { addDays, businessDate } from '../../domain/calendar/tokyo'
import { Refusal } from '../../platform/refusal'

export type SimulationDeps = Pick<CheckoutDeps, 'database' | 'clock' | 'charges' | 'subscriptionSettings'>

/** Deliveries that the simulator shows. */
const SHOWN = 12
/** How far ahead a contract may start, days. */
const LATEST_START = 366

/** Where a form delivers; empty where that is not known yet. */
async function shipToOf({ db }: DeskDatabase, form: SubscriptionForm): Promise<ShipTo> {
  const { shipTo, customerId } = form
  if (shipTo.kind === 'other') {
    return { prefecture: shipTo.prefecture, postalCode: normalizePostalCode(shipTo.postalCode) }
  }
  if (customerId === null) return { prefecture: '', postalCode: '' }
  const row =
    shipTo.kind === 'saved'
      ? await db
          .selectFrom('customer_address')
          .select(['prefecture', 'postal_code'])
          .where('id', '=', shipTo.addressId)
          .where('customer_id', '=', customerId)
          .executeTakeFirst()
      : await db
          .selectFrom('customer')
          .select(['prefecture', 'postal_code'])
          .where('id', '=', customerId)
          .executeTakeFirst()
  return { prefecture: row?.prefecture ?? '', postalCode: row?.postal_code ?? '' }
}

/** The next twelve deliveries of a form that is not saved, every shift explained, at the prices of today. */
export async function simulate(deps: SimulationDeps, form: SubscriptionForm): Promise<ShownTurn[]> {
  const last = addDays(businessDate(deps.clock.now()), LATEST_START)
  if (form.startOn !== null && form.startOn > last) {
    const message = '開始日は、1年以内の日にしてください。'
    throw new Refusal('INVALID_FIELDS', { fields: [{ path: 'startOn', message }] })
  }
  const [shipping, prices, to] = await Promise.all([
    loadShipping(deps),
    loadPrices(deps, productIdsOf(form)),
    shipToOf(deps.database, form),
  ])
  const { plan } = planOfForm(shipping, form, to, SHOWN)
  const { itemMode, sets, priceSteps } = form
  const goods = { itemMode, sets, priceSteps, method: form.payment.method, ...to }
  return shownPlan({ shipping, prices }, plan, goods, [])
}
