import { z } from 'zod'
import { JobView } from './jobs'
import { Id, Instant, PlainDate, text, Version, Yen } from './values'

export const RunState = z.enum(['running', 'done', 'cancelled', 'failed'])
export type RunState = z.infer<typeof RunState>

/** Why a contract that was due got no order. */
export const RunProblem = z.enum(['no-customer', 'no-items', 'no-open-day'])
export type RunProblem = z.infer<typeof RunProblem>

/** 要対応: why a person has to look at a turn. `given-up`: the shop's final action was taken. */
export const AttentionReason = z.enum([
  'card-expired',
  'card-refused',
  'card-blocked',
  'no-card',
  'off-sale',
  'given-up',
])
export type AttentionReason = z.infer<typeof AttentionReason>

/** What came of a run so far. */
const Counts = z.object({
  /** Contracts and turns that were due when it began. */
  due: z.int(),
  ordered: z.int(),
  authorized: z.int(),
  declined: z.int(),
  /** 結果不明: the answer of the service was lost; 照会 brings them to an end. */
  unknown: z.int(),
  /** Dates that were passed over: skipped by the customer, or in a pause. */
  skipped: z.int(),
})

export const RunSummary = z.object({
  id: Id,
  /** 対象日: orders are made of all turns that are due on this day. */
  date: PlainDate,
  state: RunState,
  /** Null: started by the clock or from the command line. */
  startedBy: z.string().nullable(),
  seat: z.string(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  counts: Counts,
  /** Yen with tax of what it has ordered, and of what was authorized for it; a run may be more than one order can be. */
  amounts: z.object({ ordered: z.int(), authorized: z.int() }),
  /** Turns and contracts that a person has to look at. */
  attention: z.int(),
})
export type RunSummary = z.infer<typeof RunSummary>

const Contract = z.object({
  id: Id,
  number: z.int(),
  customer: z.object({ id: Id, number: z.int(), name: z.string(), phone: z.string() }),
})

/** One turn that a run has made, or tried again. */
export const RunTurn = z.object({
  cycleId: Id,
  subscription: Contract,
  /** 回; null: a date that was passed over. */
  turn: z.int().nullable(),
  ruleDate: PlainDate,
  status: z.enum(['planned', 'skipped', 'ordered', 'auth-failed', 'authorized', 'shipped', 'failed']),
  order: z.object({ id: Id, number: z.int(), total: Yen }).nullable(),
  shipOn: PlainDate.nullable(),
  deliverOn: PlainDate.nullable(),
  tries: z.int(),
  /** The day of the next try, or of a later authorization (再与信). */
  nextTryOn: PlainDate.nullable(),
  /** Transaction code of the last refusal. */
  lastCode: z.string().nullable(),
  attention: AttentionReason.nullable(),
  /** 確認待ち: its order is held by the blacklist. */
  held: z.boolean(),
})
export type RunTurn = z.infer<typeof RunTurn>

/**
 * Parts of the report, by how its turns stand now. A turn that a later run has tried again belongs to that run. `held`:
 * waits for a day or a person; `passed`: dates on which nothing is sent, and turns that were given up with their order.
 */
export const RunTab = z.enum(['made', 'authorized', 'declined', 'held', 'passed'])
export type RunTab = z.infer<typeof RunTab>

const Count = z.object({ value: z.int(), more: z.boolean() })

export const RunDetail = RunSummary.extend({
  job: JobView.nullable(),
  /** How many turns are in each part; null while it goes on. */
  tabs: z.object({ made: Count, authorized: Count, declined: Count, held: Count, passed: Count }).nullable(),
  /** Contracts that got no order; up to a hundred. */
  problems: z.array(z.object({ subscriptionId: Id, number: z.int(), why: RunProblem })),
  /** Why it did not come to its end: the service could not be used. */
  stopped: z.enum(['service-not-ready', 'service-down']).nullable(),
})
export type RunDetail = z.infer<typeof RunDetail>

/** One line of what a run would do. */
export const DryLine = z.object({
  subscriptionId: Id,
  number: z.int(),
  customerName: z.string(),
  turn: z.int(),
  shipOn: PlainDate,
  deliverOn: PlainDate,
  total: Yen,
  does: z.enum([
    /** Makes the order and authorizes the card. */
    'order-and-authorize',
    /** Makes the order; the hold would end before it ships, so the card is authorized later. */
    'order-authorize-later',
    /** Makes the order; no card pays. */
    'order',
    /** Tries a card again that was refused before. */
    'retry',
    /** Authorizes a turn whose order stands already. */
    'authorize',
    /** Makes the order, and leaves it to a person. */
    'attention',
    /** Of a turn that was refused before: its contract has ended or stands still, so its order is cancelled. */
    'pass-over',
  ]),
  attention: AttentionReason.nullable(),
})
export type DryLine = z.infer<typeof DryLine>

export const DryRun = z.object({
  date: PlainDate,
  orders: z.int(),
  /** Yen with tax; a day may be more than one order can be. */
  total: z.int(),
  authorizations: z.int(),
  retries: z.int(),
  attention: z.int(),
  skipped: z.int(),
  /** The first five hundred. */
  lines: z.array(DryLine),
  more: z.boolean(),
  problems: z.array(z.object({ subscriptionId: Id, number: z.int(), why: RunProblem })),
})
export type DryRun = z.infer<typeof DryRun>

/** What 要対応 shows: not called yet, called, both, or refused turns that the next runs try again by themselves. */
export const AttentionShow = z.enum(['open', 'called', 'all', 'retrying'])
export type AttentionShow = z.infer<typeof AttentionShow>

export const AttentionSort = z.enum(['ship', 'amount', 'tries'])
export type AttentionSort = z.infer<typeof AttentionSort>

export const AttentionFilter = z.object({
  show: AttentionShow.default('open'),
  reasons: z.array(AttentionReason).max(6).default([]),
  /** 定期番号, name, kana or phone. */
  text: text(80).default(''),
})
export type AttentionFilter = z.infer<typeof AttentionFilter>

/** 要対応: a turn with everything that a call to the customer needs. */
export const AttentionTurn = z.object({
  cycleId: Id,
  version: Version,
  subscription: Contract,
  subscriptionStatus: z.string(),
  turn: z.int(),
  status: RunTurn.shape.status,
  /** Null: nobody has to do anything, the next runs try it again. */
  reason: AttentionReason.nullable(),
  shipOn: PlainDate.nullable(),
  deliverOn: PlainDate.nullable(),
  order: RunTurn.shape.order,
  tries: z.int(),
  nextTryOn: PlainDate.nullable(),
  lastCode: z.string().nullable(),
  card: z.object({ id: Id, brand: z.string(), last3: z.string(), expiryYYMM: z.string() }).nullable(),
  calledAt: Instant.nullable(),
  /** The card can be tried again from here. */
  canRetry: z.boolean(),
  /** Its order stands and is not paid: the turn can be passed over, or moved. */
  canChange: z.boolean(),
})
export type AttentionTurn = z.infer<typeof AttentionTurn>

/** A card that is over before the next turn of its contract is made. */
export const ExpiringCard = z.object({
  subscription: Contract,
  card: z.object({ id: Id, brand: z.string(), last3: z.string(), expiryYYMM: z.string() }),
  nextTurn: z.int(),
  nextShipOn: PlainDate,
})
export type ExpiringCard = z.infer<typeof ExpiringCard>
