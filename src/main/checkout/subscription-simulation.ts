import type { Quote } from '../../contract/checkout'
import type { PlannedTurn, SubscriptionForm, TurnTry } from '../../contract/subscription-form'
import type { RegistrationCharge } from '../../contract/subscription-views'
import type {
  PlannedDelivery,
  PlannedTurn as DomainTurn,
  TurnException,
} from '../domain/subscriptions/cycle-plan'
import { NoOpenDay } from '../domain/subscriptions/ship-day'
import { moveFault, skipFault } from '../domain/subscriptions/turn-wish'
import { Refusal } from '../platform/refusal'
import type { CheckoutDeps } from './deps'
import { legalOf, namedOffer } from './offer'
import { shipToOf } from './subscription-form'
import { earliestFor, isDelivery, loadShipping, planOfForm, type LoadedShipping } from './subscription-plan'
import { itemsOfTurn, loadPrices, priceOfTurn, productIdsOf, shownPlan } from './subscription-price'

/** Deliveries that the screen shows while a 定期 is registered. */
const SHOWN = 12

type SimulationDeps = Pick<CheckoutDeps, 'database' | 'clock' | 'charges' | 'subscriptionSettings'>

async function simulated(deps: SimulationDeps, form: SubscriptionForm, tries: readonly TurnTry[] = []) {
  const [shipping, prices, to] = await Promise.all([
    loadShipping(deps),
    loadPrices(deps, productIdsOf(form)),
    shipToOf(deps.database, form),
  ])
  const { itemMode, sets, priceSteps } = form
  const goods = { itemMode, sets, priceSteps, method: form.payment.method, ...to }
  const turns = turnsOf(shipping, form, to, tries)
  return { shipping, prices, goods, turns, plan: shownPlan({ shipping, prices }, turns, goods, []) }
}

/** The plan with one try after the other, each by the rules that hold for a contract. Refuses the first that cannot be. */
function triedPlan(
  shipping: LoadedShipping,
  form: SubscriptionForm,
  to: Awaited<ReturnType<typeof shipToOf>>,
  tries: readonly TurnTry[],
): readonly DomainTurn[] {
  const exceptions = new Map<number, TurnException>()
  let { plan } = planOfForm(shipping, form, to, SHOWN)
  const bounds = { earliest: earliestFor(shipping, to).deliverOn, today: shipping.today }
  for (const [at, wish] of tries.entries()) {
    const turn = plan.find(({ index }) => index === wish.ruleIndex)
    const skips = [...exceptions].flatMap(([index, { kind }]) => (kind === 'skip' ? [index] : []))
    const fault =
      turn?.kind !== 'delivery'
        ? 'この回は変更できません。'
        : wish.kind === 'skip'
          ? skipFault(new Set(skips), wish.ruleIndex, shipping.settings.skipsInRow)
          : moveFault(plan, turn, wish.to, bounds)
    if (fault !== null)
      throw new Refusal('INVALID_FIELDS', { fields: [{ path: `tries.${at}`, message: fault }] })
    exceptions.set(wish.ruleIndex, wish.kind === 'skip' ? { kind: 'skip' } : { kind: 'move', to: wish.to })
    ;({ plan } = planOfForm(shipping, form, to, SHOWN, exceptions))
  }
  return plan
}

/** None while the calendar has no open day. */
function turnsOf(
  shipping: LoadedShipping,
  form: SubscriptionForm,
  to: Awaited<ReturnType<typeof shipToOf>>,
  tries: readonly TurnTry[],
): readonly DomainTurn[] {
  try {
    return triedPlan(shipping, form, to, tries)
  } catch (error) {
    if (error instanceof NoOpenDay) return []
    throw error
  }
}

/** The next deliveries of a form at the prices of today. */
export const simulatedPlan = async (
  deps: SimulationDeps,
  form: SubscriptionForm,
  tries: readonly TurnTry[],
): Promise<PlannedTurn[]> => (await simulated(deps, form, tries)).plan

/** What a registration comes to while it is entered. */
export interface Outlook {
  readonly plan: PlannedTurn[]
  /** The first turn, with what the registration is by law. */
  readonly quote: Quote
  readonly charge: RegistrationCharge
  /** What the products of all sets are called. */
  readonly products: { id: string; code: string; name: string }[]
}

/** As 確認画面に進む will do it: a first turn whose order is due is paid at once, a card for a later one is looked at. */
function chargeOf(
  form: SubscriptionForm,
  first: PlannedDelivery | undefined,
  known: { readonly today: string; readonly total: number; readonly hasGoods: boolean },
): RegistrationCharge {
  if (form.payment.method !== 'card' || first === undefined || !known.hasGoods) return 'none'
  return first.generateOn <= known.today && known.total > 0 ? 'authorize' : 'check'
}

export async function outlookOf(deps: CheckoutDeps, form: SubscriptionForm): Promise<Outlook> {
  const [{ shipping, prices, goods, turns, plan }, named] = await Promise.all([
    simulated(deps, form),
    namedOffer(deps, form),
  ])
  const first = turns.find(isDelivery)
  const { quote } = priceOfTurn(prices, goods, {
    items: itemsOfTurn(form, [], 1, first?.index ?? 0),
    turn: 1,
    shipOn: first?.shipOn ?? shipping.today,
  })
  return {
    plan,
    quote: { ...quote, legal: legalOf(form, named, quote.lines, true) },
    charge: chargeOf(form, first, {
      today: shipping.today,
      total: quote.total,
      hasGoods: quote.lines.length > 0,
    }),
    products: [...prices.products.values()].map(({ id, code, name }) => ({ id, code, name })),
  }
}
