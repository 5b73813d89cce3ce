import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/database.types'

/** Lines of the history that a screen shows. */
const SHOWN_EVENTS = 200
/** Turns that a screen shows. */
const SHOWN_TURNS = 60

/** What happened to a contract and its turns, the latest first. */
export async function historyOf(db: Kysely<Database>, id: string) {
  const [events, turns] = await Promise.all([
    db
      .selectFrom('subscription_event')
      .leftJoin('staff_user', 'staff_user.id', 'subscription_event.by_person')
      .select(['subscription_event.id', 'kind', 'at', 'content', 'staff_user.name as person'])
      .where('subscription_id', '=', id)
      .orderBy('at', 'desc')
      .orderBy('subscription_event.id', 'desc')
      .limit(SHOWN_EVENTS)
      .execute(),
    db
      .selectFrom('subscription_cycle')
      .leftJoin('sales_order', 'sales_order.id', 'subscription_cycle.order_id')
      .selectAll('subscription_cycle')
      .select(['sales_order.number as order_number', 'sales_order.total as order_total'])
      .where('subscription_id', '=', id)
      .orderBy('rule_index', 'desc')
      .limit(SHOWN_TURNS)
      .execute(),
  ])
  const checkouts = turns.flatMap(({ checkout_id: checkout }) => (checkout === null ? [] : [checkout]))
  const payments =
    checkouts.length === 0
      ? []
      : await db
          .selectFrom('payment')
          .selectAll()
          .where('checkout_id', 'in', checkouts)
          .orderBy('created_at')
          .orderBy('id')
          .execute()
  return { events, turns, payments, runners: await runnersOf(db, events, turns) }
}

const RunOf = z.object({ runId: z.string() })

/** Who has started the runs that these events and turns come from, by run; runs of the clock have nobody. */
async function runnersOf(
  db: Kysely<Database>,
  events: readonly { readonly content: string }[],
  turns: readonly { readonly run_id: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set([
    ...turns.flatMap(({ run_id: run }) => (run === null ? [] : [run])),
    ...events.flatMap(({ content }) => RunOf.safeParse(JSON.parse(content)).data?.runId ?? []),
  ])
  if (ids.size === 0) return new Map()
  const rows = await db
    .selectFrom('subscription_run')
    .innerJoin('staff_user', 'staff_user.id', 'subscription_run.started_by')
    .select(['subscription_run.id', 'staff_user.name'])
    .where('subscription_run.id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export type History = Awaited<ReturnType<typeof historyOf>>
