import type { PlannedTurn, SubscriptionForm } from '../../contract/subscription-form'
import { NoOpenDay } from '../domain/subscriptions/ship-day'
import type { CheckoutDeps } from './deps'
import { shipToOf } from './subscription-form'
import { loadShipping, planOfForm } from './subscription-plan'
import { loadPrices, productIdsOf, shownPlan } from './subscription-price'

/** Deliveries that the screen shows while a 定期 is registered. */
const SHOWN = 12

/** The next deliveries of a form at the prices of today; none while the calendar has no open day. */
export async function simulatedPlan(
  deps: Pick<CheckoutDeps, 'database' | 'clock' | 'charges' | 'subscriptionSettings'>,
  form: SubscriptionForm,
): Promise<PlannedTurn[]> {
  const [shipping, prices, to] = await Promise.all([
    loadShipping(deps),
    loadPrices(deps, productIdsOf(form)),
    shipToOf(deps.database, form),
  ])
  try {
    const { plan } = planOfForm(shipping, form, to, SHOWN)
    const { itemMode, sets, priceSteps } = form
    const goods = { itemMode, sets, priceSteps, method: form.payment.method, ...to }
    return shownPlan({ shipping, prices }, plan, goods, [])
  } catch (error) {
    if (error instanceof NoOpenDay) return []
    throw error
  }
}
