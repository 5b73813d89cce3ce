import i18next from 'i18next'
import type { CheckoutForm } from '../../../../contract/checkout'
import { ONE_TIME } from '../../../../contract/payment-plan'
import type { SubscriptionForm } from '../../../../contract/subscription-form'
import type { SubscriptionDraftView } from '../../../../contract/subscription-views'
import type { CheckoutCalls, Refused } from '../../checkout/draft/calls'
import { sameForm } from '../../checkout/draft/paths'
import { readRefusal } from '../../checkout/draft/refusals'
import type { DeskForm, DeskView } from '../../checkout/draft/state'
import { client } from '../../lib/client'
import { readTerms, termsOf } from './terms'

/** 確認画面に進む while fields of the terms cannot be read. */
class UnreadTerms extends Error {
  readonly paths: readonly string[]
  constructor(paths: readonly string[]) {
    super('terms that cannot be read')
    this.name = 'UnreadTerms'
    this.paths = paths
  }
}

/** Where main refuses a field, and where the screen has it. */
const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^customerId$/, 'customer'],
  [/^caller\.fields\./, 'customer.fields.'],
  [/^(?=shipTo\.|slotCode$|gift\.|deliverOn$)/, 'shipments.0.'],
  [/^sets$/, 'terms.sets.0'],
  [/^sets\.(\d+)\.\d+\.productId$/, 'terms.sets.$1'],
  [/^priceSteps\./, 'terms.steps.'],
  [/^rule\b.*/, 'terms.rule'],
  [/^(?=sets\.|startOn$|minTurns$|lastTurn$|consent$)/, 'terms.'],
]

export const screenPath = (path: string): string =>
  PATHS.reduce((changed, [from, to]) => changed.replace(from, to), path)

/** What a call of a registration threw, as the draft understands it. */
export function readRegistrationRefusal(error: unknown): Refused {
  if (error instanceof UnreadTerms) {
    const message = i18next.t('subscriptions:required')
    return { kind: 'faults', faults: error.paths.map((path) => ({ path: `terms.${path}`, message })) }
  }
  const refused = readRefusal(error)
  if (refused.kind !== 'faults') return refused
  return { kind: 'faults', faults: refused.faults.map((one) => ({ ...one, path: screenPath(one.path) })) }
}

const customerOf = ({ customerId, caller }: SubscriptionForm): CheckoutForm['customer'] =>
  customerId === null ? (caller ?? { kind: 'none', phone: '' }) : { kind: 'existing', customerId }

/** What is kept, as the form of its first turn with the terms of the contract. */
export function deskForm({ form, products }: Pick<SubscriptionDraftView, 'form' | 'products'>): DeskForm {
  const { shipTo, slotCode, gift, payment, channel, offerCode, medium, note } = form
  return {
    customer: customerOf(form),
    lines: [],
    shipments: [{ shipTo, slotCode, gift, deliverOn: null }],
    channel,
    offerCode,
    medium,
    payment: { ...payment, keepCard: true },
    note,
    discount: null,
    plan: ONE_TIME,
    terms: termsOf(form, products),
  }
}

/** Who calls; an empty search is nobody. */
const callerOf = (customer: CheckoutForm['customer']): SubscriptionForm['caller'] =>
  customer.kind === 'existing' || (customer.kind === 'none' && customer.phone === '') ? undefined : customer

/** The form on the screen as main keeps it; what cannot be read yet stays as it was kept. */
export function keptForm(form: DeskForm, before: SubscriptionForm): SubscriptionForm {
  const { customer, shipments, payment, channel, offerCode, medium, note, terms } = form
  const [{ shipTo, slotCode, gift }] = [shipments[0] ?? before]
  return {
    ...before,
    ...(terms && readTerms(terms, before).kept),
    customerId: customer.kind === 'existing' ? customer.customerId : null,
    caller: callerOf(customer),
    shipTo,
    slotCode,
    gift,
    payment: { method: payment.method, cardId: payment.cardId },
    channel,
    offerCode,
    medium,
    note,
  }
}

/** True when a form on the screen is what main keeps. */
const isKeptAs = (typed: DeskForm, kept: SubscriptionForm): boolean =>
  sameForm(keptForm(typed, kept), { ...kept, caller: kept.caller })

/** What a draft of the desk asks, asked of the registration of a 定期: the same stages, the same hold, the same card. */
export function registrationCalls(): CheckoutCalls {
  /** The latest answer, and the form on the screen that was kept with it. */
  let latest: { readonly view: SubscriptionDraftView; readonly form: DeskForm } | null = null

  const shown = (view: SubscriptionDraftView, typed = latest?.form): DeskView => {
    // A field that is half typed is not in what was kept: the screen keeps it.
    const isSame = typed !== undefined && isKeptAs(typed, view.form)
    const form = isSame ? typed : deskForm(view)
    latest = { view, form }
    const { plan, charge, products, subscription, readBack, ...rest } = view
    return {
      ...rest,
      form,
      purpose: 'subscription',
      changes: null,
      readBack: readBack && { sentences: readBack.sentences },
      order: null,
      registration: { rule: view.form.rule, plan, charge, products, subscription },
    }
  }
  const get = async (checkoutId: string, failure: DeskView['failure'] = null): Promise<DeskView> => {
    const view = await client.subscriptions.getDraft({ checkoutId })
    return shown({ ...view, failure: failure ?? view.failure })
  }

  return {
    get: ({ checkoutId }) => get(checkoutId),
    save: async ({ form, ...ref }) => {
      const before = latest?.view.form ?? (await client.subscriptions.getDraft(ref)).form
      return shown(await client.subscriptions.saveDraft({ ...ref, form: keptForm(form, before) }), form)
    },
    proceed: async (ref) => {
      const { form, view } = latest ?? {}
      const unread = form?.terms && view ? readTerms(form.terms, view.form).unread : []
      if (unread.length > 0) throw new UnreadTerms(unread)
      return shown(await client.subscriptions.proceed(ref))
    },
    inquire: async ({ checkoutId }) =>
      get(checkoutId, (await client.checkout.inquire({ checkoutId })).failure),
    back: async (wish) => shown(await client.subscriptions.back(wish)),
    confirm: async ({ checkoutId, version }) => {
      const mark = latest?.view.readBack?.mark ?? ''
      return shown(await client.subscriptions.confirm({ checkoutId, version, mark }))
    },
    hold: async (wish) => {
      await client.checkout.hold(wish)
      return get(wish.checkoutId)
    },
    discard: async (ref) => shown(await client.subscriptions.discard(ref)),
  }
}
