import type { CancelReason } from '../../../contract/subscription-form'
import type { SubscriptionDetail } from '../../../contract/subscription-views'
import { earliestFor, statusOn } from '../../checkout/subscription-plan'
import { addDays } from '../../domain/calendar/tokyo'
import { CANCEL_REASON_WORDS } from '../../domain/subscriptions/cancel-reasons'
import { ruleDate } from '../../domain/subscriptions/cycle-rule'
import { epochDay } from '../../domain/subscriptions/epoch-day'
import { Refusal } from '../../platform/refusal'
import { change, expectOpen, nextOf, notAllowed, type Changer, type Standing, type Wish } from './changes'
import { abilitiesOf, formOf } from './subscription-view'
import type { SubscriptionRow } from './subscriptions.repository'
import type { SubscriptionsDeps } from './subscriptions.service'
import { dateWords } from '../../domain/subscriptions/words'

/** A pause is no way to keep a contract for ever. */
const LONGEST_PAUSE = 366

const abilities = ({ contract, shipping, today }: Standing) => abilitiesOf(contract, shipping.settings, today)

/** The columns of a 停止. One that begins later or ends by itself leaves the contract 有効 until then. */
export function pauseColumns(
  { contract: { row }, today }: Standing,
  { from, until }: { readonly from: string; readonly until: string | null },
): Partial<SubscriptionRow> & { readonly pause_from: string; readonly pause_until: string | null } {
  if (from < today) throw notAllowed('停止の開始日は、今日以降の日にしてください。')
  if (from > addDays(today, LONGEST_PAUSE)) throw notAllowed('停止の開始日は、1年以内の日にしてください。')
  if (until !== null && until <= from) throw notAllowed('再開日は、停止の開始日より後の日にしてください。')
  if (until !== null && until > addDays(from, LONGEST_PAUSE)) throw notAllowed('停止できるのは1年までです。')
  const status = until === null && from <= today ? 'paused' : row.status
  return { status, pause_from: from, pause_until: until }
}

/** 停止: dates of the rule from a day on are passed over, until another day or until it is resumed. */
export const pause = (
  deps: SubscriptionsDeps,
  wish: Wish & { readonly from: string; readonly until: string | null },
  changer: Changer,
): Promise<SubscriptionDetail> =>
  change(deps, wish, changer, (standing) => {
    const { today } = standing
    if (!abilities(standing).pause) throw new Refusal('WRONG_STAGE')
    const set = pauseColumns(standing, wish)
    const next = nextOf(standing)
    expectOpen(next !== null && next.ruleDate >= wish.from ? next : null, standing, wish, changer)
    const from = dateWords(wish.from, today)
    const text =
      wish.until === null
        ? `${from}から停止しました(再開のご連絡まで)`
        : `${from}から${dateWords(wish.until, today)}の前日まで停止しました`
    return { set, event: { kind: 'paused', text, from: wish.from, until: wish.until } }
  })

/** Dates of a rule that are looked at for the first one behind a day. */
const FAR = 3_000

/** The first date of the rule, from the one that would come next, that is not in the gap. */
function indexBehind({ contract }: Standing, inGap: (date: string) => boolean): number {
  const { row } = contract
  const { rule } = formOf(contract)
  const anchor = epochDay(row.anchor)
  for (let index = row.next_index; index < row.next_index + FAR; index++) {
    const named = ruleDate(rule, anchor, index)
    if (named !== null && !inGap(new Date(named.day * 86_400_000).toISOString().slice(0, 10))) return index
  }
  return row.next_index
}

/** The columns of a 再開 and its line of the history; refuses where 設定 > 定期 does not allow it. */
export function resumedColumns(standing: Standing) {
  const { contract, shipping, today } = standing
  const { row } = contract
  const status = statusOn(row, today)
  const planned = status === 'active' && row.pause_from !== null && row.pause_from > today
  const { resume: may, restart } = abilities(standing)
  if (!planned && !may && !restart) {
    if (status === 'paused' || status === 'cancelled')
      throw notAllowed('設定により、この状態からは再開できません。')
    throw new Refusal('WRONG_STAGE')
  }
  const none = { pause_from: null, pause_until: null } as const
  if (planned) return { set: none, event: { kind: 'pause-lifted', text: '予定していた停止を取り消しました' } }
  const earliest = earliestFor(shipping, {
    prefecture: row.ship_prefecture,
    postalCode: row.ship_postal_code,
  }).deliverOn
  // A pause that lasts by its dates alone leaves what comes before it as it was.
  const from = row.status === 'active' ? (row.pause_from ?? earliest) : ''
  const index = indexBehind(standing, (date) => date < earliest && date >= from)
  const set = {
    ...none,
    status: 'active' as const,
    next_index: index,
    cancelled_at: null,
    cancel_reason: null,
    cancel_note: null,
  }
  const text = status === 'cancelled' ? '解約した定期を再開しました' : '定期を再開しました'
  return { set, event: { kind: 'resumed', text, from: status } }
}

/** 再開: goes on with the first date that can still be reached; those that have gone by are not caught up. */
export const resume = (deps: SubscriptionsDeps, wish: Wish, changer: Changer): Promise<SubscriptionDetail> =>
  change(deps, wish, changer, resumedColumns)

interface CancelWish extends Wish {
  readonly reason: CancelReason
  readonly note: string
  readonly offered: boolean
  readonly belowMinimum: boolean
}

/** Refuses what is below the minimum as 設定 > 定期 says. */
function expectMinimum(standing: Standing, wish: CancelWish, changer: Changer): void {
  const { turnsUnderMinimum: missing, underMinimum } = abilities(standing)
  if (missing === 0) return
  if (underMinimum === 'warn') {
    if (wish.belowMinimum) return
    throw notAllowed(
      `最低継続回数まであと${missing}回あります。お客様に確認のうえ、チェックを入れてください。`,
    )
  }
  if (wish.override.trim() === '')
    throw notAllowed(`最低継続回数まであと${missing}回あるため、解約できません。`)
  if (!changer.mayOverride) throw new Refusal('FORBIDDEN')
}

/** 解約. What was ordered already is delivered; its orders are changed in 注文一覧. */
export const cancel = (
  deps: SubscriptionsDeps,
  wish: CancelWish,
  changer: Changer,
): Promise<SubscriptionDetail> =>
  change(deps, wish, changer, (standing) => {
    const can = abilities(standing)
    if (!can.cancel) throw new Refusal('WRONG_STAGE')
    expectMinimum(standing, wish, changer)
    const { row } = standing.contract
    expectOpen(row.status === 'active' ? nextOf(standing) : null, standing, wish, changer)
    const note = wish.note.trim()
    const words = [
      `解約しました。理由: ${CANCEL_REASON_WORDS[wish.reason]}`,
      ...(wish.offered ? ['引き留めのご案内済み'] : []),
      ...(can.turnsUnderMinimum > 0 ? [`最低継続回数まで残り${can.turnsUnderMinimum}回`] : []),
    ]
    return {
      set: {
        status: 'cancelled' as const,
        cancelled_at: standing.now,
        cancel_reason: wish.reason,
        cancel_note: note === '' ? null : note,
        pause_from: null,
        pause_until: null,
      },
      event: {
        kind: 'cancelled',
        text: words.join('、'),
        reason: wish.reason,
        // 引き留め: what was offered is kept in its words; the setting may change.
        offer: wish.offered ? can.retentionOffer : null,
        turnsUnderMinimum: can.turnsUnderMinimum,
      },
    }
  })
