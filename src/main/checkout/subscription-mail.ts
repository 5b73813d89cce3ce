import { sql } from 'kysely'
import type { CustomerMailKind } from '../../contract/customer-mails'
import type { Statement } from '../db/open-database'
import { newId } from '../platform/ids'
import type { CheckoutDeps } from './deps'

/** What a mail to a customer of 定期 tells of. */
export interface MailEvent {
  readonly kind: CustomerMailKind
  /** The same for the same event: a second one is not queued. */
  readonly key: string
  readonly subscriptionId: string
  readonly cycleId: string | null
  readonly turn: number
}

/**
 * Puts a mail in the queue, in the transaction of what it tells of: one a key, and none of a kind that the shop does not
 * send. Without an address, or against the customer's wish, it waits for somebody who calls. Its text is written when it
 * is sent. One statement that asks nothing before, so that a run pays for it only where a card was refused.
 */
export function queueMail(deps: Pick<CheckoutDeps, 'database' | 'clock'>, event: MailEvent): Statement {
  const { db } = deps.database
  const now = sql`cast(${deps.clock.now()} as bigint)`
  const unreachable = sql`c.mail_consent = 'no' or coalesce(c.email, '') = ''`
  const cause = sql`case when c.mail_consent = 'no' then 'no-consent'
    when coalesce(c.email, '') = '' then 'no-address' end`
  const query = sql`insert into customer_mail (id, event_key, kind, customer_id, subscription_id, cycle_id, turn,
      recipient, state, cause, tries, next_try_at, created_at, updated_at, version)
    select cast(${newId()} as text), cast(${event.key} as text), t.kind, c.id, s.id, cast(${event.cycleId} as text),
      cast(${event.turn} as bigint), c.email, case when ${unreachable} then 'phone' else 'waiting' end, ${cause}, 0,
      case when ${unreachable} then null else ${now} end, ${now}, ${now}, 1
    from mail_template t
    join subscription s on s.id = ${event.subscriptionId}
    join customer c on c.id = s.customer_id
    where t.kind = ${event.kind} and t.active = 1
    on conflict (event_key) do nothing`
  return { query: query.compile(db) }
}

/** The same of one turn, once a turn and kind. */
export const queueTurnMail = (
  deps: Pick<CheckoutDeps, 'database' | 'clock'>,
  kind: CustomerMailKind,
  turn: { readonly subscriptionId: string; readonly cycleId: string; readonly turn: number },
): Statement => queueMail(deps, { ...turn, kind, key: `${kind}:${turn.cycleId}` })
