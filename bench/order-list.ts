import { OrderFilter } from '../src/contract/orders'
import { openDatabase } from '../src/main/db/open-database'
import { listOrders } from '../src/main/features/orders/orders.repository'
import { systemClock } from '../src/main/platform/clock'
import { bigBase } from '../tests/support/big/generate'
import { print, stats } from './stats'

/**
 * 注文一覧 and the command palette at three million orders: first page of 50 with its count, by texts that are typed.
 * The reference is the newest page without a text.
 */
const CUSTOMERS = Number(process.env['UKETSUKE_BENCH_CUSTOMERS'] ?? '1000000')
const ROUNDS = 30
const GOAL_MS = 50
const TEXTS = ['桑脇', '鈴木', 'すず', '東京都', '新宿区', '4567', '1500123', '該当なし']

const path = await bigBase({ customers: CUSTOMERS, orders: CUSTOMERS * 3 }, (line) =>
  process.stderr.write(`${line}\n`),
)
const database = await openDatabase({ kind: 'sqlite', path }, { clock: systemClock })

async function measure(filter: Partial<OrderFilter>) {
  const samples: number[] = []
  let count = 0
  for (let round = 0; round <= ROUNDS; round++) {
    const from = performance.now()
    const page = await listOrders(database, { filter: OrderFilter.parse(filter), cursor: null, limit: 50 })
    samples.push(performance.now() - from)
    count = page.count.value
  }
  return { ours: stats(samples.slice(1)), count }
}

const reference = (await measure({})).ours
for (const filter of [...TEXTS.map((text) => ({ text })), { text: '鈴木', status: ['cancelled' as const] }]) {
  const { ours, count } = await measure(filter)
  print({
    name: `orders ${JSON.stringify(filter)}, ${count} of ${CUSTOMERS * 3}`,
    from: 'page asked',
    to: 'rows and count',
    ours,
    reference,
    goal: `p95 <= ${GOAL_MS} ms`,
    met: ours.p95 <= GOAL_MS,
  })
}
await database.close()
