import { newRun } from '../../src/main/checkout/subscription-turn-runs'
import { runSubscriptions, type RunEnd } from '../../src/main/jobs/subscription-run/run'
import type { RunHooks } from '../../src/main/jobs/subscription-run/run-context'
import type { CheckoutStep } from '../../src/main/checkout/deps'
import type { OpenConfig } from '../../src/main/db/open-database'
import type { PaymentService } from '../../src/main/gateways/payment-service.port'
import type { Clock } from '../../src/main/platform/clock'
import { newId } from '../../src/main/platform/ids'
import type { AcquirerProcess } from './acquirer'
import { tokenFor } from './acquirer'
import { openWorld, type World } from './checkout-world'
import { auditTurns } from './subscription-auditor'
import {
  contractRow,
  insertContracts,
  insertItems,
  openEveryDay,
  owners,
  type ContractRow,
} from './subscription-rows'

/** Hooks of a run that nobody watches. */
export const UNWATCHED = {
  cancelWanted: () => false,
  closing: new AbortController().signal,
  progress: () => [],
}

export interface TurnsWorld extends World {
  /** Writes contracts that are due; the answer are their ids. */
  contracts(count: number, more?: Partial<ContractRow>): Promise<string[]>
  /** A card on file with this token's card; the answer is its id. */
  card(keyed?: { pan?: string; expiry?: string }): Promise<string>
  run(date: string, resume?: string, hooks?: RunHooks): Promise<{ id: string; end: RunEnd }>
}

export async function openTurnsWorld(
  config: OpenConfig,
  service: PaymentService,
  options: { clock?: Clock; onStep?: (step: CheckoutStep) => void } = {},
): Promise<TurnsWorld> {
  const world = await openWorld(config, service, options)
  const { database } = world.deps
  const { db } = database
  await openEveryDay(database)
  const owner = await owners(database, {
    id: world.actor.userId,
    name: '',
    shop: { id: world.actor.shopId, name: '' },
  })
  let number = 700_000
  return {
    ...world,
    async contracts(count, more = {}) {
      const rows = Array.from({ length: count }, () =>
        contractRow(owner, {
          number: ++number,
          rule: JSON.stringify({ kind: 'days', every: 30 }),
          anchor: '2026-12-01',
          first_transaction_id: 'txn_first',
          next_ship_on: '2026-11-30',
          next_deliver_on: '2026-12-01',
          next_generate_on: '2026-11-27',
          ...more,
        }),
      )
      await insertContracts(database, rows)
      await insertItems(
        database,
        rows.map(({ id }) => ({
          subscription_id: id,
          set_no: 0,
          position: 0,
          product_id: owner.products[0]?.id ?? '',
          quantity: 1,
          unit_price: null,
        })),
      )
      return rows.map(({ id }) => id)
    },
    async card(keyed = {}) {
      const id = newId()
      await db
        .insertInto('card')
        .values({
          id,
          customer_id: owner.customerId,
          checkout_id: null,
          service: service.id,
          token: await tokenFor(service, keyed),
          brand: 'VISA',
          masked: '411111******1111',
          last3: '111',
          expiry_yymm: keyed.expiry ?? '3012',
          on_file: 1,
          keypad_serial: null,
          created_at: 1,
          removed_at: null,
          version: 1,
        })
        .execute()
      return id
    },
    async run(date, resume, hooks = UNWATCHED) {
      const id = resume ?? newId()
      if (resume === undefined) {
        const now = world.deps.clock.now()
        await db
          .insertInto('subscription_run')
          .values(newRun({ id, date, startedBy: null, seat: 'test', jobId: null, now }))
          .execute()
      }
      return { id, end: await runSubscriptions(world.deps, id, hooks) }
    },
  }
}

/** What does not agree between contracts, orders, payments and the acquirer's own books. */
export async function auditOf(
  { deps }: World,
  acquirer: AcquirerProcess,
  due: readonly { subscriptionId: string; turn: number }[],
  /** Payments that were in their books before. */
  before = 0,
): Promise<string[]> {
  const { db } = deps.database
  const cycles = await db.selectFrom('subscription_cycle').selectAll().execute()
  const turns = new Set(cycles.map((row) => row.checkout_id))
  const payments = await db.selectFrom('payment').selectAll().execute()
  const own = payments.filter((row) => turns.has(row.checkout_id))
  const others = new Set(payments.filter((row) => !turns.has(row.checkout_id)).map(({ id }) => id))
  const theirs = (await acquirer.books()).payments.slice(before)
  return auditTurns({
    due,
    cycles,
    orders: await db.selectFrom('sales_order').select(['id', 'checkout_id', 'total']).execute(),
    payments: own,
    acquirer: theirs.filter((row) => !others.has(row.payment_id)),
  })
}
