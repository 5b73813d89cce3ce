import { z } from 'zod'
import type { SubscriptionEvent } from '../../../contract/subscription-views'
import { passedOverWords, turnWords, type TurnFact } from '../../domain/subscriptions/turn-words'
import type { History } from './history.repository'
import { parsedOr } from './subscription-view'

const KINDS = [
  'turn-ordered',
  'turn-authorized',
  'turn-declined',
  'turn-not-booked',
  'turn-given-up',
] as const satisfies readonly TurnFact['kind'][]

const Content = z.object({
  text: z.string().optional(),
  turn: z.int().optional(),
  cycleId: z.string().optional(),
  /** Null: not by a run. */
  runId: z.string().nullable().optional(),
  code: z.string().nullable().default(null),
  retryOn: z.string().nullable().default(null),
  attention: z.string().nullable().default(null),
})
type Content = z.infer<typeof Content>
const NOTHING: Content = { code: null, retryOn: null, attention: null }

/** Who stands behind a run: the person who has started it, or the clock. */
const RUN_OF_THE_CLOCK = '自動実行'

type Line = SubscriptionEvent & { readonly order: number }

/** What the run did with a turn, in words; null for lines that have their own. */
function turnLine(
  { events, turns }: History,
  event: History['events'][number],
  content: Content,
  today: string,
): string | null {
  const kind = KINDS.find((one) => one === event.kind)
  if (kind === undefined || content.turn === undefined) return null
  const cycle = turns.find(({ id }) => id === content.cycleId)
  const again = events.some(
    (one) =>
      one.kind === 'turn-declined' &&
      (one.at < event.at || (one.at === event.at && one.id < event.id)) &&
      parsedOr(Content, one.content, NOTHING).cycleId === content.cycleId,
  )
  return turnWords(
    {
      kind,
      turn: content.turn,
      orderNumber: cycle?.order_number ?? null,
      deliverOn: cycle?.deliver_on ?? null,
      code: content.code,
      retryOn: content.retryOn,
      attention: content.attention,
      again,
    },
    today,
  )
}

/**
 * Everything that happened to a contract, the latest first: what people did, what the run did with its turns, and the
 * dates that were passed over. `skipped`: indices of dates that the customer has skipped; the others lay in a pause.
 */
export function shownEvents(
  history: History,
  skipped: ReadonlySet<number>,
  today: string,
): SubscriptionEvent[] {
  const runner = (runId: string | null | undefined): string | null =>
    runId == null ? null : (history.runners.get(runId) ?? RUN_OF_THE_CLOCK)
  const told = history.events.map((event, at): Line => {
    const content = parsedOr(Content, event.content, NOTHING)
    const line = turnLine(history, event, content, today)
    const cycle = history.turns.find(({ id }) => id === content.cycleId)
    const runId = content.runId === undefined ? cycle?.run_id : content.runId
    return {
      id: event.id,
      at: event.at,
      by: event.person ?? runner(runId),
      text: line ?? content.text ?? '',
      order: at,
    }
  })
  const toldOf = new Set(
    history.events
      .filter(({ kind }) => kind === 'turn-passed-over')
      .map(({ content }) => parsedOr(Content, content, NOTHING).cycleId),
  )
  const passed = history.turns.flatMap((turn): Line[] =>
    turn.status === 'skipped' && !toldOf.has(turn.id)
      ? [
          {
            id: turn.id,
            at: turn.created_at,
            by: runner(turn.run_id),
            text: passedOverWords(turn.rule_date, skipped.has(turn.rule_index), today),
            order: history.events.length,
          },
        ]
      : [],
  )
  return [...told, ...passed]
    .toSorted((a, b) => b.at - a.at || a.order - b.order)
    .map(({ order: _order, ...line }) => line)
}
