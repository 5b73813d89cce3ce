import { z } from 'zod'
import { procedure } from './procedure'
import {
  AttentionFilter,
  AttentionSort,
  AttentionTurn,
  DryRun,
  ExpiringCard,
  RunDetail,
  RunSummary,
  RunTab,
  RunTurn,
} from './subscription-run-views'
import { Id, page, PageInput, PlainDate, Version } from './values'

const notNow = {
  NOT_NOW: { message: 'いまその操作はできません。画面の最新の状態を確認してください。' },
} as const
const badDate = {
  BAD_DATE: { message: '対象日は、今日から31日後までの日付で指定してください。' },
} as const

const Encoding = z.enum(['utf-8', 'shift_jis']).default('utf-8')
/** `unwritable`: characters that Shift_JIS has not. */
const Saved = z.object({ saved: z.boolean(), rows: z.int(), unwritable: z.array(z.string()) })

export const subscriptionRuns = {
  /** Starts a run for a day, today or up to a month ahead; null: today. */
  start: procedure('subscription.run')
    .input(z.object({ date: PlainDate.nullable() }))
    .output(z.object({ id: Id }))
    .errors({
      RUN_GOES_ON: { message: '受注作成を実行中です。終わってからもう一度実行してください。' },
      ...badDate,
    }),
  /** What a run for that day would do; writes nothing. */
  dryRun: procedure('subscription.run')
    .input(z.object({ date: PlainDate.nullable() }))
    .output(DryRun)
    .errors(badDate),
  dryRunCsv: procedure('customer.export')
    .input(z.object({ date: PlainDate.nullable(), encoding: Encoding }))
    .output(Saved)
    .errors(badDate),
  list: procedure('subscription.read').input(PageInput).output(page(RunSummary)),
  get: procedure('subscription.read')
    .input(z.object({ id: Id }))
    .output(RunDetail),
  /** The turns of a part of the report. */
  turns: procedure('subscription.read')
    .input(PageInput.extend({ id: Id, tab: RunTab }))
    .output(page(RunTurn)),
  reportCsv: procedure('customer.export')
    .input(z.object({ id: Id, tab: RunTab, encoding: Encoding }))
    .output(Saved),
  /** Lets the run end behind the turns that are under way. What was made stays. */
  cancel: procedure('subscription.run')
    .input(z.object({ id: Id }))
    .output(z.null())
    .errors(notNow),
  /** Lets a run go on that has stopped with an error. */
  resume: procedure('subscription.run')
    .input(z.object({ id: Id }))
    .output(z.null())
    .errors(notNow),
  /** 要対応: by ship date, or the largest amount or most tries first. */
  attention: procedure('subscription.read')
    .input(PageInput.extend({ filter: AttentionFilter, sort: AttentionSort.default('ship') }))
    .output(page(AttentionTurn)),
  /** 架電リスト. */
  attentionCsv: procedure('customer.export')
    .input(z.object({ filter: AttentionFilter, sort: AttentionSort.default('ship'), encoding: Encoding }))
    .output(Saved),
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
      CONTRACT_ENDED: {
        message: 'この定期は解約または停止中のため、再与信できません。定期詳細で状態を確認してください。',
      },
      SERVICE_NOT_READY: { message: '決済サービスに接続できません。設定と接続状況を確認してください。' },
    }),
  /** Passes a turn over that is not paid: its order is cancelled, the contract goes on with the next one. */
  skipTurn: procedure('subscription.write')
    .input(z.object({ cycleId: Id, version: Version }))
    .output(z.null())
    .errors(notNow),
  /** Another delivery date for a turn whose order stands and is not paid. */
  moveTurn: procedure('subscription.write')
    .input(z.object({ cycleId: Id, version: Version, deliverOn: PlainDate }))
    .output(AttentionTurn.nullable())
    .errors({
      ...notNow,
      NOT_ALLOWED: { message: 'この変更はできません。', data: z.object({ why: z.string() }) },
    }),
  /** Cards that are over before the next turn of their contract is made, the nearest first. */
  expiringCards: procedure('subscription.read').input(PageInput).output(page(ExpiringCard)),
  expiringCsv: procedure('customer.export')
    .input(z.object({ encoding: Encoding }))
    .output(Saved),
}
