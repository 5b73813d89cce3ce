import type { Statement } from '../db/open-database'
import { preparedInsert } from '../db/prepared'
import { newId } from '../platform/ids'
import type { CheckoutDeps } from './deps'

const insertEvent = preparedInsert('subscription_event')

/** What the history of a contract says of its turns. */
export type TurnEventKind =
  | 'turn-ordered'
  | 'turn-authorized'
  | 'turn-declined'
  | 'turn-not-booked'
  | 'turn-given-up'

export const turnEvent = (
  { database: { db } }: CheckoutDeps,
  event: {
    readonly subscriptionId: string
    readonly kind: TurnEventKind
    /** Ids, numbers and codes; never personal data. */
    readonly content: Readonly<Record<string, string | number | null>>
    readonly now: number
  },
): Statement => ({
  query: insertEvent(db, [
    {
      id: newId(),
      subscription_id: event.subscriptionId,
      kind: event.kind,
      content: JSON.stringify(event.content),
      at: event.now,
      by_person: null,
    },
  ]),
})
