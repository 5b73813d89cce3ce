import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import type { SubscriptionFilter } from '../src/contract/subscription-views'
import type { OpenConfig } from '../src/main/db/open-database'
import { manualClock } from '../src/main/platform/clock'
import { manyContracts } from '../tests/support/many-contracts'
import { postgresPlace } from '../tests/support/postgres-place'
import { openSeeded } from '../tests/support/seeded'
import { owners } from '../tests/support/subscription-rows'
import { subscriptionDeps, subscriptionDesk } from '../tests/support/subscription-world'
import { print, stats } from './stats'

/**
 * 定期一覧 as its procedure answers: first page of 50 rows with the count, input and output checked by the contract. The
 * reference is the bare page, without a filter, read by a prepared statement on the calling thread. On PostgreSQL too
 * where UKETSUKE_TEST_PG_URL names a server.
 */
const CONTRACTS = Number(process.env['UKETSUKE_BENCH_ROWS'] ?? 100_000)
const ROUNDS = 30
const LIMIT = 50
const TODAY = '2026-11-28'
const GOAL_MS = { sqlite: 20, postgres: 60 }
const server = process.env['UKETSUKE_TEST_PG_URL']

type Asked = readonly [name: string, filter: Partial<SubscriptionFilter>, sort?: 'next' | 'newest']

const asked = (product: { common: string; rare: string }, customerId: string): readonly Asked[] => [
  ['all', {}],
  ['all, newest first', {}, 'newest'],
  ['有効', { status: ['active'] }],
  ['有効, newest first', { status: ['active'] }, 'newest'],
  ['停止', { status: ['paused'] }],
  ['決済エラー停止', { status: ['payment-stopped'] }],
  ['決済エラー停止, newest first', { status: ['payment-stopped'] }, 'newest'],
  ['解約', { status: ['cancelled'] }],
  ['停止 and 決済エラー停止', { status: ['paused', 'payment-stopped'] }],
  ['満了', { status: ['finished'] }],
  ['next date, one day', { nextFrom: '2026-12-24', nextTo: '2026-12-24' }],
  ['next date from', { nextFrom: '2026-12-20' }],
  ['item, common', { productId: product.common }],
  ['item, rare', { productId: product.rare }],
  ['item, rare, newest first', { productId: product.rare }, 'newest'],
  ['failed tries', { failedTries: 3 }],
  ['failed tries, newest first', { failedTries: 1 }, 'newest'],
  ['要対応', { attention: true }],
  ['turn number, common', { turnFrom: 5, turnTo: 12 }],
  ['turn number, rare', { turnFrom: 37, turnTo: 99 }],
  ['turn number, newest first', { turnFrom: 20, turnTo: 22 }, 'newest'],
  ['cancel reason', { cancelReason: 'moved' }],
  ['cancel reason, newest first', { cancelReason: 'price' }, 'newest'],
  ['customer', { customerId }],
  ['有効, item, turn', { status: ['active'], productId: product.common, turnFrom: 5, turnTo: 9 }],
]

async function measure(config: OpenConfig, reference: () => number[]) {
  const clock = manualClock(Date.parse(`${TODAY}T10:00:00+09:00`))
  const { database, admin } = await openSeeded(config, clock)
  try {
    const owner = await owners(database, admin)
    await manyContracts(database, owner, { count: CONTRACTS, today: TODAY, seed: 5 })
    const desk = subscriptionDesk(subscriptionDeps(database, clock), admin)
    const { customer_id: customerId } = await database.db
      .selectFrom('subscription')
      .select('customer_id')
      .where('number', '=', 1_000_000)
      .executeTakeFirstOrThrow()
    const product = { common: owner.products[0]?.id ?? '', rare: owner.products.at(-1)?.id ?? '' }
    const bare = stats(reference())
    for (const [name, filter, sort = 'next'] of asked(product, customerId)) {
      await desk.list({ filter, sort, limit: LIMIT })
      const waits: number[] = []
      let found = 0
      for (let round = 0; round < ROUNDS; round++) {
        const from = performance.now()
        const page = await desk.list({ filter, sort, limit: LIMIT })
        waits.push(performance.now() - from)
        found = page.count.value
      }
      const ours = stats(waits)
      const goal = GOAL_MS[config.kind]
      print({
        name: `定期一覧 of ${CONTRACTS} on ${config.kind}: ${name} (${found})`,
        from: 'list asked',
        to: 'page answered',
        ours,
        reference: bare,
        ratio: Math.round((ours.median / bare.median) * 10) / 10,
        goal: `p95 <= ${goal} ms`,
        met: ours.p95 <= goal,
      })
    }
  } finally {
    await database.close()
  }
}

/** The bare page of the same file: all columns with the customer, and nothing else. */
function bareOf(path: string): number[] {
  const db = new DatabaseFile(path, { readonly: true })
  const page = db.prepare(
    `select s.*, c.family_name from subscription s join customer c on c.id = s.customer_id
     order by coalesce(s.next_deliver_on, '9999-12-31'), s.id limit ${LIMIT + 1}`,
  )
  const waits = Array.from({ length: ROUNDS }, () => {
    const from = performance.now()
    page.all()
    return performance.now() - from
  })
  db.close()
  return waits
}

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
try {
  const path = join(folder, 'desk.db')
  await measure({ kind: 'sqlite', path }, () => bareOf(path))
  if (server) {
    const place = await postgresPlace(server)
    await measure(place.config, () => bareOf(path))
    await place.drop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
