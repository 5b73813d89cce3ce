import type { CycleRule } from '../../../../contract/cycle-rule'
import { SubscriptionForm, type PlannedTurn } from '../../../../contract/subscription-form'
import type { RegistrationCharge } from '../../../../contract/subscription-views'
import {
  EMPTY_PLAN,
  ruleOf,
  type DraftItem,
  type DraftRule,
  type PlanDraft,
} from '../subscriptions/plan-form'

/** The terms of a contract as they are typed: numbers may be missing for a moment. */
export interface Terms extends Pick<
  PlanDraft,
  'itemMode' | 'sets' | 'steps' | 'rule' | 'startOn' | 'lastTurn'
> {
  readonly minTurns: number | null
  readonly consent: boolean
}

interface Product {
  readonly id: string
  readonly code: string
  readonly name: string
}

/** What main says of a registration beside the form. */
export interface Registration {
  readonly rule: CycleRule
  readonly plan: readonly PlannedTurn[]
  readonly charge: RegistrationCharge
  readonly products: readonly Product[]
  readonly subscription: { readonly id: string; readonly number: number } | null
}

/** A rule that is kept, among what the other kinds would ask. */
function draftRule(rule: CycleRule): DraftRule {
  const rest = EMPTY_PLAN.rule
  switch (rule.kind) {
    case 'days':
      return { ...rest, kind: 'days', everyDays: rule.every }
    case 'weeks':
      return { ...rest, kind: 'weeks', everyWeeks: rule.every, weekday: rule.weekday }
    case 'months':
      return { ...rest, kind: 'months', everyMonths: rule.every, day: rule.day }
    case 'month-weekday': {
      const { every, weekday, nth, missing } = rule
      return { ...rest, kind: 'month-weekday', everyMonths: every, weekday, nth, missing }
    }
  }
}

/** What is kept as it is typed on. */
export function termsOf(form: SubscriptionForm, products: readonly Product[]): Terms {
  const known = new Map(products.map((product) => [product.id, product]))
  const item = (one: SubscriptionForm['sets'][number][number]): DraftItem => {
    const { code = '', name = '' } = known.get(one.productId) ?? {}
    return { ...one, code, name }
  }
  return {
    itemMode: form.itemMode,
    sets: form.sets.map((set) => set.map(item)),
    steps: form.priceSteps.map(({ label: _label, ...step }) => step),
    rule: draftRule(form.rule),
    startOn: form.startOn,
    lastTurn: form.lastTurn,
    minTurns: form.minTurns === 0 ? null : form.minTurns,
    consent: form.consent,
  }
}

type Kept = Pick<
  SubscriptionForm,
  'itemMode' | 'sets' | 'priceSteps' | 'rule' | 'startOn' | 'lastTurn' | 'minTurns' | 'consent'
>

export interface ReadTerms {
  readonly kept: Kept
  /** Fields that cannot be read, as the terms call them. */
  readonly unread: readonly string[]
}

/** Where a refused value is typed. */
const fieldOf = (path: string): string =>
  path
    .replace(/^priceSteps\.(\d+)$/, 'steps.$1.value')
    .replace(/^priceSteps/, 'steps')
    .replace(/^rule\..*/, 'rule')

/** The terms as main understands them; a part that cannot be read yet stays as it was kept. */
export function readTerms(terms: Terms, before: Kept): ReadTerms {
  const { itemMode, startOn, lastTurn, consent } = terms
  const unread: string[] = []
  const refuse = (name: string, issues: readonly { readonly path: readonly PropertyKey[] }[]) =>
    unread.push(...issues.map(({ path }) => fieldOf([name, ...path].map(String).join('.'))))
  const { shape } = SubscriptionForm
  const rule = shape.rule.safeParse(ruleOf(terms.rule))
  if (!rule.success) refuse('rule', rule.error.issues)
  const sets = shape.sets.safeParse(
    (itemMode === 'fixed' ? terms.sets.slice(0, 1) : terms.sets).map((set) =>
      set.map(({ productId, quantity, unitPrice }) => ({ productId, quantity, unitPrice })),
    ),
  )
  if (!sets.success) refuse('sets', sets.error.issues)
  const priceSteps = shape.priceSteps.safeParse(terms.steps.map((step) => ({ ...step, label: '' })))
  if (!priceSteps.success) refuse('priceSteps', priceSteps.error.issues)
  const minTurns = shape.minTurns.safeParse(terms.minTurns ?? 0)
  if (!minTurns.success) refuse('minTurns', minTurns.error.issues)
  const last = shape.lastTurn.safeParse(lastTurn)
  if (!last.success) refuse('lastTurn', last.error.issues)
  return {
    kept: {
      itemMode,
      startOn,
      consent,
      rule: rule.data ?? before.rule,
      sets: sets.data ?? before.sets,
      priceSteps: priceSteps.data ?? before.priceSteps,
      minTurns: minTurns.data ?? before.minTurns,
      lastTurn: last.success ? last.data : before.lastTurn,
    },
    unread,
  }
}
