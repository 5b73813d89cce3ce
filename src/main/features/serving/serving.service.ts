import type { Serving } from '../../../contract/serving'
import type { DeskDatabase } from '../../db/open-database'
import type { Clock } from '../../platform/clock'
import { endLeases, knownCustomers, othersServing, prolongLease, type Lease } from './serving.repository'

/** A seat that says nothing for this long serves nobody: it crashed, was locked, or lost the network. */
export const LEASE_MS = 60_000

export interface ServingDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  /** Tells this opened desk from every other one, also where two seats have one name. */
  readonly holder: string
}

/**
 * Says which customers are open at this seat and answers who else serves them. A lease informs and blocks nothing:
 * what two seats write is settled by the versions of the rows.
 */
export async function beat(
  deps: ServingDeps,
  who: { seat: string; userId: string },
  leases: readonly Lease[],
): Promise<Serving[]> {
  const { db } = deps.database
  const now = deps.clock.now()
  const byId = new Map(leases.map((lease) => [lease.customerId, lease]))
  const known = await knownCustomers(db, [...byId.keys()])
  const held = [...byId.values()].filter(({ customerId }) => known.has(customerId))
  const ids = held.map(({ customerId }) => customerId)
  await endLeases(db, deps.holder, ids, now)
  for (const lease of held) {
    await prolongLease(db, { ...lease, ...who, holder: deps.holder, now, until: now + LEASE_MS })
  }
  return othersServing(db, ids, deps.holder, now)
}

/** The desk closes: nobody is served here any more. */
export const letGo = (deps: ServingDeps): Promise<void> =>
  endLeases(deps.database.db, deps.holder, [], deps.clock.now())
