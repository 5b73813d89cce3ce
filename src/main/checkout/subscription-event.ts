import type { Statement } from '../db/open-database'
import { newId } from '../platform/ids'
import type { CheckoutDeps } from './deps'

/** One line of the history. `facts` go with it for those who count. */
export const subscriptionEvent = (
  deps: Pick<CheckoutDeps, 'database'>,
  event: {
    readonly subscriptionId: string
    readonly kind: string
    readonly content: object
    readonly at: number
    readonly by: string | null
  },
): Statement => ({
  query: deps.database.db
    .insertInto('subscription_event')
    .values({
      id: newId(),
      subscription_id: event.subscriptionId,
      kind: event.kind,
      content: JSON.stringify(event.content),
      at: event.at,
      by_person: event.by,
    })
    .compile(),
})
