import { sql, type Expression, type SqlBool } from 'kysely'
import type { SubscriptionStatus } from '../../contract/subscription-form'

/** A pause that lasts on a date, of a contract that is 有効 otherwise; never null, so that it can be denied. */
const pausing = (today: string) => sql<SqlBool>`(subscription.pause_from is not null
  and subscription.pause_from <= ${today}
  and (subscription.pause_until is null or subscription.pause_until > ${today}))`

/** Contracts in one of these states as of a date: 停止 is kept as a state, or is a pause that lasts. */
export function subscriptionStateIn(
  states: readonly SubscriptionStatus[],
  today: string,
): Expression<SqlBool> {
  const stored = states.filter((one) => one !== 'active')
  const parts = [
    ...(stored.length > 0 ? [sql<SqlBool>`subscription.status in (${sql.join(stored)})`] : []),
    ...(states.includes('paused')
      ? [sql<SqlBool>`(subscription.status = 'active' and ${pausing(today)})`]
      : []),
    ...(states.includes('active')
      ? [sql<SqlBool>`(subscription.status = 'active' and not ${pausing(today)})`]
      : []),
  ]
  return sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}
