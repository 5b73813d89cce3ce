import type { Kysely } from 'kysely'
import type { Serving, ServingPlace } from '../../../contract/serving'
import type { Database } from '../../db/database.types'

export interface Lease {
  readonly customerId: string
  readonly place: ServingPlace
}

export interface LeaseHolder {
  readonly holder: string
  readonly seat: string
  readonly userId: string
}

/** Takes or prolongs a lease; `since` stays what it was while the same person goes on. */
export async function prolongLease(
  db: Kysely<Database>,
  lease: Lease & LeaseHolder & { now: number; until: number },
): Promise<void> {
  await db
    .insertInto('serving_lease')
    .values({
      customer_id: lease.customerId,
      holder: lease.holder,
      seat: lease.seat,
      user_id: lease.userId,
      place: lease.place,
      since: lease.now,
      expires_at: lease.until,
    })
    .onConflict((conflict) =>
      conflict.columns(['customer_id', 'holder']).doUpdateSet((eb) => ({
        seat: lease.seat,
        user_id: lease.userId,
        place: lease.place,
        since: eb
          .case()
          .when(
            eb.and([
              eb('serving_lease.expires_at', '>', lease.now),
              eb('serving_lease.user_id', '=', lease.userId),
            ]),
          )
          .then(eb.ref('serving_lease.since'))
          .else(lease.now)
          .end(),
        expires_at: lease.until,
      })),
    )
    .execute()
}

/** Lets go of everything that this holder had and does not keep, and of what has expired long ago. */
export async function endLeases(
  db: Kysely<Database>,
  holder: string,
  keep: readonly string[],
  expiredBefore: number,
): Promise<void> {
  await db
    .deleteFrom('serving_lease')
    .where((eb) =>
      eb.or([
        eb('expires_at', '<', expiredBefore),
        keep.length === 0
          ? eb('holder', '=', holder)
          : eb.and([eb('holder', '=', holder), eb('customer_id', 'not in', [...keep])]),
      ]),
    )
    .execute()
}

export async function knownCustomers(db: Kysely<Database>, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('customer')
    .select('id')
    .where('id', 'in', [...ids])
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Who else serves these customers, the longest first. */
export async function othersServing(
  db: Kysely<Database>,
  ids: readonly string[],
  holder: string,
  now: number,
): Promise<Serving[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('serving_lease')
    .innerJoin('staff_user', 'staff_user.id', 'serving_lease.user_id')
    .select(['customer_id as customerId', 'staff_user.name as operatorName', 'seat', 'place', 'since'])
    .where('customer_id', 'in', [...ids])
    .where('holder', '!=', holder)
    .where('expires_at', '>', now)
    .orderBy('since')
    .orderBy('holder')
    .execute()
}
