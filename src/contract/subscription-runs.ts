import { z } from 'zod'
import { JobView } from './jobs'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, PlainDate, Version, Yen } from './values'

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
  turn: z.int(),
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
})
export type RunTurn = z.infer<typeof RunTurn>

export const RunDetail = RunSummary.extend({
  job: JobView.nullable(),
  /** Up to a hundred turns, those first that a person has to look at. */
  turns: z.array(RunTurn),
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
  ]),
  attention: AttentionReason.nullable(),
})
export type DryLine = z.infer<typeof DryLine>

export const DryRun = z.object({
  date: PlainDate,
  orders: z.int(),
  total: Yen,
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

/** 要対応: a turn with everything that a call to the customer needs. */
export const AttentionTurn = z.object({
  cycleId: Id,
  version: Version,
  subscription: Contract,
  subscriptionStatus: z.string(),
  turn: z.int(),
  status: RunTurn.shape.status,
  reason: AttentionReason,
  shipOn: PlainDate.nullable(),
  deliverOn: PlainDate.nullable(),
  order: RunTurn.shape.order,
  tries: z.int(),
  lastCode: z.string().nullable(),
  card: z.object({ id: Id, brand: z.string(), last3: z.string(), expiryYYMM: z.string() }).nullable(),
  calledAt: Instant.nullable(),
  /** The card can be tried again from here. */
  canRetry: z.boolean(),
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

const notNow = {
  NOT_NOW: { message: 'いまその操作はできません。画面の最新の状態を確認してください。' },
} as const

export const subscriptionRuns = {
  /** Starts a run for a day, today or up to a month ahead; null: today. */
  start: procedure('subscription.run')
    .input(z.object({ date: PlainDate.nullable() }))
    .output(z.object({ id: Id }))
    .errors({
      RUN_GOES_ON: { message: '受注作成を実行中です。終わってからもう一度実行してください。' },
      BAD_DATE: { message: '対象日は、今日から31日後までの日付で指定してください。' },
    }),
  /** What a run for that day would do; writes nothing. */
  dryRun: procedure('subscription.run')
    .input(z.object({ date: PlainDate.nullable() }))
    .output(DryRun)
    .errors({ BAD_DATE: { message: '対象日は、今日から31日後までの日付で指定してください。' } }),
  list: procedure('subscription.read').input(PageInput).output(page(RunSummary)),
  get: procedure('subscription.read')
    .input(z.object({ id: Id }))
    .output(RunDetail),
  /** Lets the run end behind the turns that are under way. What was made stays. */
  cancel: procedure('subscription.run')
    .input(z.object({ id: Id }))
    .output(z.null())
    .errors(notNow),
  /** 要対応, the next ship date first. `open`: customers who have not been called yet. */
  attention: procedure('subscription.read')
    .input(PageInput.extend({ show: z.enum(['open', 'called', 'all']).default('open') }))
    .output(page(AttentionTurn)),
  markCalled: procedure('subscription.write')
    .input(z.object({ cycleId: Id, version: Version, called: z.boolean() }))
    .output(AttentionTurn),
  /** Authorizes a turn now: with the contract's card, or with another one of the customer's file, which becomes the contract's. */
  retryNow: procedure('subscription.write')
    .input(z.object({ cycleId: Id, version: Version, cardId: Id.nullable() }))
    .output(
      z.object({
        outcome: z.enum(['authorized', 'declined', 'unknown', 'not-sent']),
        code: z.string().nullable(),
        /** Null when nobody has to look at it any more. */
        turn: AttentionTurn.nullable(),
      }),
    )
    .errors({
      ...notNow,
      NO_CARD: { message: '使えるカードがありません。カードを登録してから、もう一度お試しください。' },
      SERVICE_NOT_READY: { message: '決済サービスに接続できません。設定と接続状況を確認してください。' },
    }),
  /** Cards that are over before the next turn of their contract is made, the nearest first. */
  expiringCards: procedure('subscription.read').input(PageInput).output(page(ExpiringCard)),
}
