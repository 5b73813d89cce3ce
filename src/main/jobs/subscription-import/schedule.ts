import { earliestFor, type LoadedShipping, type TurnChange } from '../../checkout/subscription-plan'
import type { ShipTo } from '../../domain/calendar/delivery'
import { spokenDate } from '../../domain/calendar/tokyo'
import { anchorNear } from '../../domain/subscription-csv/rule-text'
import { anchorOf } from '../../domain/subscriptions/cycle-rule'
import { dateWords, ruleWords } from '../../domain/subscriptions/words'
import type { StagedRow } from './staged'

/** Where the plan of a contract begins, and whether it is on hold. */
export interface Schedule {
  readonly anchor: string
  readonly change: TurnChange | null
  readonly status: 'active' | 'paused'
  readonly pause: { readonly from: string; readonly until: string | null } | null
  /** 停止 in words; empty: it goes on. */
  readonly words: string
}

type Row = Pick<StagedRow, 'rule' | 'nextDeliverOn' | 'pause'>

/** The pause that is not over yet. */
function pauseOf({ pause }: Row, today: string): Schedule['pause'] {
  if (pause === null || (pause.until !== null && pause.until <= today)) return null
  return { from: pause.from ?? today, until: pause.until }
}

const pauseWords = (pause: NonNullable<Schedule['pause']>, today: string): string => {
  const from = pause.from > today ? `${dateWords(pause.from, today)}から` : ''
  return pause.until === null ? `${from}停止` : `${from}${dateWords(pause.until, today)}の前日まで停止`
}

/** A contract on hold: its dates begin with the first one that can be reached behind the hold. */
function onHold(row: Row, pause: NonNullable<Schedule['pause']>, earliest: string, today: string): Schedule {
  const wanted = row.nextDeliverOn ?? pause.until ?? earliest
  return {
    anchor: anchorOf(row.rule, wanted < earliest ? earliest : wanted),
    change: null,
    status: pause.until === null ? 'paused' : 'active',
    pause,
    words: pauseWords(pause, today),
  }
}

/** The dates of a contract from the next delivery that the file tells; null: why not stands in `reasons`. */
export function scheduleOf(
  shipping: LoadedShipping,
  row: Row,
  to: ShipTo,
  reasons: string[],
): Schedule | null {
  const { today } = shipping
  const pause = pauseOf(row, today)
  const earliest = earliestFor(shipping, to).deliverOn
  if (pause !== null && pause.from <= today) return onHold(row, pause, earliest, today)
  const { rule, nextDeliverOn: next } = row
  if (next === null) {
    reasons.push('次回お届け日がありません。')
    return null
  }
  const near = anchorNear(rule, next)
  if (!near) {
    reasons.push(
      `次回お届け日(${spokenDate(next)})が、お届け周期「${ruleWords(rule)}」の日から離れています。`,
    )
    return null
  }
  if (next < earliest)
    reasons.push(`次回お届け日(${spokenDate(next)})に間に合いません。最短は${spokenDate(earliest)}です。`)
  const change: TurnChange | null =
    near.movedTo === null ? null : { rule_index: 0, kind: 'move', move_to: near.movedTo, items: null }
  const words = pause === null ? '' : pauseWords(pause, today)
  return { anchor: near.anchor, change, status: 'active', pause, words }
}
