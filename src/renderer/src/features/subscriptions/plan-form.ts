import type { PaymentMethod } from '../../../../contract/checkout'
import { CycleRule } from '../../../../contract/cycle-rule'
import {
  SubscriptionForm,
  type ItemMode,
  type PriceStep,
  type TurnTry,
} from '../../../../contract/subscription-form'

/** A product of a set as it is typed. */
export interface DraftItem {
  readonly productId: string
  readonly code: string
  readonly name: string
  readonly quantity: number | null
  /** Null: the price of the day. */
  readonly unitPrice: number | null
}

export interface DraftStep extends Pick<PriceStep, 'kind' | 'toTurn'> {
  readonly fromTurn: number | null
  readonly value: number | null
}

/** All that any kind of rule asks, so that nothing is lost when another kind is looked at. */
export interface DraftRule {
  readonly kind: CycleRule['kind']
  readonly everyDays: number | null
  readonly everyWeeks: number | null
  readonly everyMonths: number | null
  readonly weekday: number
  readonly day: number | 'last'
  readonly nth: number
  readonly missing: 'last' | 'pass-over'
}

/** What is planned, as it is typed. */
export interface PlanDraft {
  readonly customerId: string | null
  /** Where it goes while no customer is chosen. */
  readonly prefecture: string
  readonly method: PaymentMethod
  readonly itemMode: ItemMode
  readonly sets: readonly (readonly DraftItem[])[]
  readonly steps: readonly DraftStep[]
  readonly rule: DraftRule
  readonly startOn: string | null
  readonly lastTurn: number | null
  /** Changes of single turns that are tried, one after the other. */
  readonly tries: readonly TurnTry[]
}

export const EMPTY_PLAN: PlanDraft = {
  customerId: null,
  prefecture: '',
  method: 'card',
  itemMode: 'fixed',
  sets: [[]],
  steps: [],
  rule: {
    kind: 'months',
    everyDays: 30,
    everyWeeks: 2,
    everyMonths: 1,
    weekday: 2,
    day: 15,
    nth: 2,
    missing: 'last',
  },
  startOn: null,
  lastTurn: null,
  tries: [],
}

/** Another week of the month; the fifth begins with what the shop does in months that have none. */
export const nthChosen = (
  rule: DraftRule,
  nth: number,
  missingFifth: DraftRule['missing'],
): Pick<DraftRule, 'nth' | 'missing'> => ({
  nth,
  missing: nth === 5 && rule.nth !== 5 ? missingFifth : rule.missing,
})

/** What the chosen kind of rule asks, filled in or not. */
export function ruleOf(rule: DraftRule): Readonly<Record<string, unknown>> {
  const { kind, weekday, day, nth, missing } = rule
  switch (kind) {
    case 'days':
      return { kind, every: rule.everyDays }
    case 'weeks':
      return { kind, every: rule.everyWeeks, weekday }
    case 'months':
      return { kind, every: rule.everyMonths, day }
    case 'month-weekday':
      return { kind, every: rule.everyMonths, nth, weekday, missing }
  }
}

/** A rule as the editor holds it; what other kinds ask is filled with what fits it best. */
export function draftRuleOf(rule: CycleRule): DraftRule {
  const { rule: empty } = EMPTY_PLAN
  switch (rule.kind) {
    case 'days':
      return { ...empty, kind: 'days', everyDays: rule.every }
    case 'weeks':
      return { ...empty, kind: 'weeks', everyWeeks: rule.every, weekday: rule.weekday }
    case 'months':
      return { ...empty, kind: 'months', everyMonths: rule.every, day: rule.day }
    case 'month-weekday': {
      const { every, nth, weekday, missing } = rule
      return { ...empty, kind: 'month-weekday', everyMonths: every, nth, weekday, missing }
    }
  }
}

/** The rule that is typed; null while something is missing or out of range. */
export const readRule = (draft: DraftRule): CycleRule | null =>
  CycleRule.safeParse(ruleOf(draft)).data ?? null

const shipToOf = ({ customerId, prefecture }: PlanDraft) =>
  customerId === null
    ? {
        kind: 'other',
        name: '',
        phone: '',
        postalCode: '',
        prefecture,
        city: '',
        address: '',
        building: '',
      }
    : { kind: 'customer' }

export type ReadPlan =
  | { readonly ok: true; readonly form: SubscriptionForm }
  /** Paths of what is missing or out of range. */
  | { readonly ok: false; readonly paths: ReadonlySet<string> }

/** The draft as main understands it, or what stands in the way. */
export function readPlan(draft: PlanDraft): ReadPlan {
  const parsed = SubscriptionForm.safeParse({
    customerId: draft.customerId,
    itemMode: draft.itemMode,
    sets: (draft.itemMode === 'fixed' ? draft.sets.slice(0, 1) : draft.sets).map((set) =>
      set.map(({ productId, quantity, unitPrice }) => ({ productId, quantity, unitPrice })),
    ),
    priceSteps: draft.steps.map((step) => ({ ...step, label: '' })),
    rule: ruleOf(draft.rule),
    startOn: draft.startOn,
    minTurns: 0,
    lastTurn: draft.lastTurn,
    shipTo: shipToOf(draft),
    slotCode: null,
    gift: { noshi: null, wrapping: false, bag: false, message: '' },
    payment: { method: draft.method, cardId: null },
    channel: 'phone',
    offerCode: '',
    note: '',
    consent: false,
  })
  if (!parsed.success) {
    const paths = parsed.error.issues.map(({ path }) => path.join('.'))
    // A whole step is refused for its percentage: the field is marked.
    return {
      ok: false,
      paths: new Set(paths.map((path) => (/^priceSteps\.\d+$/.test(path) ? `${path}.value` : path))),
    }
  }
  const backwards = parsed.data.priceSteps.flatMap(({ fromTurn, toTurn }, at) =>
    toTurn !== null && toTurn < fromTurn ? [`priceSteps.${at}.toTurn`] : [],
  )
  return backwards.length > 0 ? { ok: false, paths: new Set(backwards) } : { ok: true, form: parsed.data }
}
