import type { Statement } from '../db/open-database'
import { preparedInsert } from '../db/prepared'
import { spokenDate } from '../domain/calendar/tokyo'
import { newId } from '../platform/ids'
import type { CheckoutDeps } from './deps'

const insertEvent = preparedInsert('subscription_event')

/** What happened to a turn, as the history of its contract keeps it: ids, numbers and codes; never personal data. */
export type TurnEvent =
  | { readonly kind: 'turn-ordered' | 'turn-authorized' | 'turn-not-booked' }
  | {
      readonly kind: 'turn-declined' | 'turn-given-up'
      readonly code: string | null
      /** The day of the next try. */
      readonly retryOn: string | null
      readonly attention: string | null
    }
  | { readonly kind: 'turn-passed-over'; readonly why: 'cancelled' | 'paused' | 'by-person' }
  | { readonly kind: 'turn-moved'; readonly from: string | null; readonly to: string }

const PASSED = { cancelled: '解約後のため', paused: '停止中のため', 'by-person': '' } as const

/** What only its own line tells; the others are worded when they are shown, with what came before. */
function wordsOf(turn: number, event: TurnEvent): string | undefined {
  switch (event.kind) {
    case 'turn-passed-over':
      return `${PASSED[event.why]}${turn}回目をスキップし、注文を取り消しました`
    case 'turn-moved':
      return `${turn}回目のお届け日を${event.from === null ? '' : `${spokenDate(event.from)}から`}${spokenDate(event.to)}に変更しました`
    default:
      return undefined
  }
}

export const turnEvent = (
  { database: { db } }: CheckoutDeps,
  of: {
    readonly subscriptionId: string
    readonly cycleId: string
    readonly turn: number
    readonly now: number
    /** Null: the run, or an answer of the service. */
    readonly by?: string | null
    /** The run that did it. */
    readonly runId?: string | null
  },
  event: TurnEvent,
): Statement => {
  const { kind, ...facts } = event
  const { turn, cycleId, runId } = of
  return {
    query: insertEvent(db, [
      {
        id: newId(),
        subscription_id: of.subscriptionId,
        kind,
        content: JSON.stringify({ text: wordsOf(turn, event), turn, cycleId, runId, ...facts }),
        at: of.now,
        by_person: of.by ?? null,
      },
    ]),
  }
}
