import type { ActiveService, CheckoutDeps } from './deps'
import type { LoadedShipping } from './subscription-plan'
import { loadPrices, productIdsOf } from './subscription-price'
import {
  readDue,
  withParts,
  type DueContract,
  type DueCursor,
  type SubscriptionRow,
} from './subscription-turn-due'
import { planDue, type DuePlan, type RunGround } from './subscription-turn-plan'

/** What plans of a run follow from, but for the prices. */
export const groundOf = (
  deps: CheckoutDeps,
  known: { shipping: LoadedShipping; date: string; service: ActiveService | null },
): Omit<RunGround, 'prices'> => ({ ...known, now: deps.clock.now() })

/** Plans for contracts, with the prices of now. */
export async function planContracts(
  deps: CheckoutDeps,
  ground: Omit<RunGround, 'prices'>,
  rows: readonly SubscriptionRow[],
): Promise<DuePlan[]> {
  const dues: DueContract[] = await withParts(deps.database.db, rows)
  const prices = await loadPrices(
    deps,
    dues.flatMap(({ sets, changes }) => productIdsOf({ sets }, changes)),
  )
  return dues.map((due) => planDue({ ...ground, prices }, due))
}

export interface PlannedChunk {
  readonly plans: readonly DuePlan[]
  /** Where the next one begins; null: nothing was there. */
  readonly cursor: DueCursor | null
}

/** Reads and plans the contracts behind a cursor. */
export async function planNext(
  deps: CheckoutDeps,
  ground: Omit<RunGround, 'prices'>,
  wish: { readonly after: DueCursor | null; readonly limit: number },
): Promise<PlannedChunk> {
  const { date } = ground
  const rows = await readDue(deps.database.db, { date, ...wish })
  const last = rows.at(-1)
  if (!last) return { plans: [], cursor: null }
  const plans = await planContracts(deps, ground, rows)
  return { plans, cursor: { generateOn: last.next_generate_on ?? date, id: last.id } }
}
