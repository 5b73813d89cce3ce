import type { CycleRule } from '../../../contract/cycle-rule'
import type { CancelReason, ItemMode, PriceStep } from '../../../contract/subscription-form'
import type { SubscriptionTable } from '../../db/subscription-tables.types'

/** A 定期 that the sample shop offers: goods by their codes, rule and prices. */
export interface SampleOffer {
  readonly itemMode: ItemMode
  readonly sets: readonly (readonly (readonly [code: string, quantity: number])[])[]
  readonly rule: CycleRule
  readonly steps: readonly PriceStep[]
  readonly minTurns: number
  readonly lastTurn: number | null
}

const first = (value: number, label = '初回特別価格'): PriceStep => ({
  fromTurn: 1,
  toTurn: 1,
  kind: 'goods-total',
  value,
  label,
})
const percentOff = (value: number, fromTurn = 1, toTurn: number | null = null): PriceStep => ({
  fromTurn,
  toTurn,
  kind: 'percent-off',
  value,
  label: toTurn === null ? '定期割引' : `${toTurn}回まで割引`,
})
const fixed = (
  items: SampleOffer['sets'][number],
  rule: CycleRule,
  steps: readonly PriceStep[] = [percentOff(10)],
  minTurns = 0,
): SampleOffer => ({ itemMode: 'fixed', sets: [items], rule, steps, minTurns, lastTurn: null })

const everyMonth = (day: number | 'last', every = 1): CycleRule => ({ kind: 'months', every, day })
const everyWeeks = (every: number, weekday: number): CycleRule => ({ kind: 'weeks', every, weekday })
const nthWeekday = (nth: number, weekday: number): CycleRule => ({
  kind: 'month-weekday',
  every: 1,
  nth,
  weekday,
  missing: 'last',
})

/** All kinds of rules, sets and prices; the contracts of the sample shop take them in turn. */
export const SAMPLE_OFFERS: readonly SampleOffer[] = [
  fixed([['A101', 1]], everyMonth(10), [first(1980), percentOff(10, 2)], 3),
  fixed([['A102', 1]], everyWeeks(4, 2)),
  fixed([['A103', 1]], nthWeekday(2, 5), [first(2430, '初回半額'), percentOff(10, 2)], 4),
  fixed([['A104', 1]], { kind: 'days', every: 30 }),
  fixed([['A105', 2]], everyMonth('last', 2), [percentOff(15)]),
  fixed([['A106', 1]], everyMonth(25), [first(980), percentOff(10, 2)], 3),
  {
    itemMode: 'alternating',
    sets: [[['C305', 1]], [['C304', 2]], [['C303', 2]]],
    rule: everyWeeks(4, 1),
    steps: [percentOff(5)],
    minTurns: 0,
    lastTurn: null,
  },
  fixed([['A107', 2]], everyMonth(31), [percentOff(10)]),
  {
    itemMode: 'course',
    sets: [[['C301', 2]], [['C302', 2]], [['C303', 1]], [['C304', 2]], [['C305', 1]], [['C306', 1]]],
    rule: everyMonth(15),
    steps: [{ fromTurn: 1, toTurn: null, kind: 'goods-total', value: 2480, label: '頒布会価格' }],
    minTurns: 0,
    lastTurn: 6,
  },
  fixed([['A108', 3]], nthWeekday(1, 6)),
  fixed(
    [
      ['A106', 1],
      ['A105', 1],
    ],
    everyMonth(5),
    [percentOff(20, 1, 3), percentOff(10, 4)],
    3,
  ),
  fixed([['C306', 1]], { kind: 'days', every: 45 }, []),
  fixed([['C301', 3]], everyWeeks(2, 6), [percentOff(5)]),
  fixed([['A104', 2]], nthWeekday(5, 3), [percentOff(12)], 2),
  fixed([['A101', 2]], everyMonth(20, 3), [percentOff(15)]),
]

/** How a contract of the sample shop stands today. */
export type SampleEnd =
  | { readonly kind: 'running' }
  /** After so many turns. */
  | {
      readonly kind: 'cancelled'
      readonly after: number
      readonly reason: CancelReason
      readonly note: string
    }
  /** Until so many days from now; null: until it is resumed. */
  | { readonly kind: 'paused'; readonly until: number | null }
  | { readonly kind: 'payment-stopped' }
  /** The last turn was refused and is tried again. */
  | { readonly kind: 'retrying'; readonly tries: number }
  /** 要対応. */
  | { readonly kind: 'attention'; readonly why: 'card-expired' | 'card-refused' | 'no-card' }

const RUNNING: SampleEnd = { kind: 'running' }
const cancelled = (after: number, reason: CancelReason, note = ''): SampleEnd => ({
  kind: 'cancelled',
  after,
  reason,
  note,
})

/** By the number of the contract, the oldest first; all others are running. */
const ENDS: Readonly<Record<number, SampleEnd>> = {
  0: cancelled(7, 'price', '年金生活になり、続けるのが難しいとのこと'),
  2: cancelled(5, 'effect'),
  3: { kind: 'paused', until: null },
  5: cancelled(3, 'stock-left', 'まだ2袋残っているとのこと'),
  7: cancelled(9, 'moved', '転居先でご家族と同居されるため'),
  11: { kind: 'payment-stopped' },
  12: cancelled(6, 'price'),
  15: cancelled(4, 'not-liked', '粒が大きく飲みにくいとのこと'),
  16: { kind: 'attention', why: 'card-expired' },
  18: cancelled(3, 'trial-only'),
  19: { kind: 'paused', until: 40 },
  21: cancelled(5, 'stock-left'),
  22: { kind: 'retrying', tries: 2 },
  25: cancelled(3, 'price'),
  27: cancelled(2, 'other-shop', '近くの薬局で同じような商品を買えるため'),
  30: { kind: 'retrying', tries: 1 },
  31: cancelled(4, 'effect'),
  33: { kind: 'attention', why: 'card-refused' },
  35: cancelled(3, 'stock-left'),
  36: { kind: 'paused', until: null },
  37: cancelled(2, 'other'),
  40: { kind: 'retrying', tries: 3 },
  41: cancelled(1, 'trial-only'),
  43: { kind: 'payment-stopped' },
  46: cancelled(2, 'price'),
  47: { kind: 'attention', why: 'no-card' },
  50: { kind: 'paused', until: 25 },
  51: cancelled(1, 'not-liked'),
}
export const endOf = (at: number): SampleEnd => ENDS[at] ?? RUNNING

/** Turns (the last but so many) that were refused once and went through on the next try. */
export const isRecovered = (at: number): boolean => at % 13 === 4

/** Contracts whose card is over before long. */
export const cardEndsSoon = (at: number): boolean => at % 17 === 9

const METHODS: readonly SubscriptionTable['payment_method'][] = ['card', 'cod', 'deferred', 'bank-transfer']
/** A card for most; for those whose card is the story, always. */
export function methodOf(at: number): SubscriptionTable['payment_method'] {
  const { kind } = endOf(at)
  if (kind === 'retrying' || kind === 'attention' || kind === 'payment-stopped' || isRecovered(at))
    return 'card'
  return at % 9 === 1 ? (METHODS[1 + (Math.floor(at / 9) % 3)] ?? 'cod') : 'card'
}
