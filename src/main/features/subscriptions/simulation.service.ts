import type { PlannedTurn as ShownTurn, SubscriptionForm, TurnTry } from '../../../contract/subscription-form'
import type { CheckoutDeps } from '../../checkout/deps'
import { LATEST_START } from '../../checkout/subscription-check'
import { simulatedPlan } from '../../checkout/subscription-simulation'
import { addDays, businessDate } from '../../domain/calendar/tokyo'
import { Refusal } from '../../platform/refusal'

/** The next twelve deliveries of a form that is not saved, every shift explained, at the prices of today. */
export async function simulate(
  deps: Pick<CheckoutDeps, 'database' | 'clock' | 'charges' | 'subscriptionSettings'>,
  { form, tries }: { readonly form: SubscriptionForm; readonly tries: readonly TurnTry[] },
): Promise<ShownTurn[]> {
  const last = addDays(businessDate(deps.clock.now()), LATEST_START)
  if (form.startOn !== null && form.startOn > last) {
    const message = '開始日は、1年以内の日にしてください。'
    throw new Refusal('INVALID_FIELDS', { fields: [{ path: 'startOn', message }] })
  }
  return simulatedPlan(deps, form, tries)
}
