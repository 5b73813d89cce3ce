import { createRouterClient } from '@orpc/server'
import DatabaseFile from 'better-sqlite3'
import pg from 'pg'
import type { CustomerFilter, CustomerSort } from '../src/contract/customers'
import { customersRouter } from '../src/main/features/customers/customers.router'
import { openDatabase, type OpenConfig } from '../src/main/db/open-database'
import { searchQuery } from '../src/main/db/customer-search'
import { systemClock } from '../src/main/platform/clock'
import { bigBase } from '../tests/support/big/generate'
import { bigBaseOnPostgres } from '../tests/support/big/on-postgres'
import { stats } from './stats'

/**
 * The list of customers as its procedure answers: first page of 50 rows with the count, by fragments that operators
 * type, input and output checked by the contract. The reference is the bare index of fragments in the same database,
 * prepared: the numbers of the newest 50 matches, on SQLite on the calling thread. PostgreSQL is measured where
 * UKETSUKE_TEST_PG_URL names a server; the base stays there for the next time.
 */
const ROUNDS = 60
const LIMIT = 50
const SIZES = (process.env['UKETSUKE_BENCH_CUSTOMERS'] ?? '100000,1000000').split(',').map(Number)
const ORDERS_EACH = 3
/** First page in the default order; sorted, or two conditions together. */
const GOALS_MS = { plain: 10, combined: 50 }
/** What PostgreSQL may take of SQLite's goal: a server is asked over a socket, several times. */
const SHARE = { sqlite: 1, postgres: 3 }

const server = process.env['UKETSUKE_TEST_PG_URL']
const report = (line: string) => process.stderr.write(`${line}\n`)

interface Asked {
  readonly text: string
  readonly filter?: Partial<CustomerFilter>
  readonly sort?: CustomerSort
}

/** First page in the default order. */
const PLAIN: readonly Asked[] = [
  { text: '' },
  { text: '佐藤' },
  { text: '鈴木' },
  { text: 'スズキ' },
  { text: 'すず' },
  { text: 'ﾔﾏﾓﾄ' },
  { text: '髙橋' },
  { text: '桑脇' },
  { text: '新宿区' },
  { text: '梅田' },
  { text: '東京都' },
  { text: 'グリーンハイツ' },
  { text: '1234' },
  { text: '090123' },
  { text: '4567' },
  { text: '1600022' },
  { text: 'user50000@' },
  { text: '09012345678' },
  { text: '本町3-1' },
]
/** Sorted, or two conditions together. */
const COMBINED: readonly Asked[] = [
  { text: '鈴木', sort: 'kana' },
  { text: '新宿区', sort: 'kana' },
  { text: '東京都', sort: 'kana' },
  { text: 'サトウ', sort: 'kana' },
  { text: 'ヤマ', sort: 'kana' },
  { text: '1234', sort: 'kana' },
  { text: '梅田', sort: 'last' },
  { text: '東京都', sort: 'last' },
  { text: '鈴木 新宿区' },
  { text: '佐藤 東京都' },
  { text: '東京都 1234' },
  { text: '山本 梅田', sort: 'kana' },
  { text: '鈴木', filter: { prefecture: '沖縄県' } },
  { text: '', filter: { prefecture: '鳥取県' } },
  { text: '', sort: 'kana', filter: { prefecture: '鳥取県' } },
  { text: '', sort: 'last' },
]

type Kind = OpenConfig['kind']

/** The bare index: the newest matches, and how many there are. */
interface Bare {
  newest(match: string): unknown
  count(match: string): Promise<number>
  close(): Promise<void>
}

function bareSqlite(path: string): Bare {
  const file = new DatabaseFile(path, { readonly: true })
  const newest = file.prepare(
    `select rowid from customer_search where customer_search match ? order by rowid desc limit ${LIMIT}`,
  )
  const count = file.prepare<[string], { n: number }>(
    'select count(*) n from customer_search where customer_search match ?',
  )
  return {
    newest: (match) => newest.all(match),
    count: async (match) => count.get(match)?.n ?? 0,
    close: async () => void file.close(),
  }
}

async function barePostgres(url: string): Promise<Bare> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const found = 'from customer_search where tokens @@ $1::tsquery'
  return {
    newest: (match) =>
      client.query({
        name: 'newest',
        text: `select customer_number ${found} order by customer_number desc limit ${LIMIT}`,
        values: [match],
      }),
    count: async (match) =>
      Number((await client.query<{ n: string }>(`select count(*) n ${found}`, [match])).rows[0]?.n),
    close: () => client.end(),
  }
}

async function place(kind: Kind, customers: number): Promise<{ config: OpenConfig; bare: Bare }> {
  const size = { customers, orders: customers * ORDERS_EACH }
  if (kind === 'sqlite') {
    const path = await bigBase(size, report)
    return { config: { kind, path }, bare: bareSqlite(path) }
  }
  const url = await bigBaseOnPostgres(server ?? '', size, report)
  return { config: { kind, url }, bare: await barePostgres(url) }
}

/** Milliseconds of each of the rounds, the first one (statements are prepared, pages read) left out. */
async function timed(work: () => unknown): Promise<number[]> {
  const samples: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const from = performance.now()
    await work()
    samples.push(performance.now() - from)
  }
  return samples.slice(1)
}

const nameOf = ({ text, filter, sort }: Asked): string =>
  [text === '' ? '(すべて)' : text, filter?.prefecture, sort].filter(Boolean).join(' + ')

/** p95 by kind, name and size: what the growth is told from. */
const seen = new Map<string, Map<number, number>>()

async function measure(kind: Kind, customers: number): Promise<void> {
  const { config, bare } = await place(kind, customers)
  const database = await openDatabase(config, { clock: systemClock })
  const deps = { database, clock: systemClock, serviceId: null, saveFile: async () => ({ saved: false }) }
  const api = createRouterClient(
    customersRouter(async () => deps),
    { context: { seat: { name: '', session: null, lastTouchedAt: 0 } } },
  )
  const one = async (asked: Asked, goalOnSqlite: number) => {
    const { text, filter, sort = 'number' } = asked
    const match = searchQuery(kind, text)
    const input = { ...filter, text, sort, descending: sort !== 'kana', limit: LIMIT }
    const ours = stats(await timed(() => api.search(input)))
    const reference = match === null ? null : stats(await timed(() => bare.newest(match)))
    const goal = goalOnSqlite * SHARE[kind]
    const matches = match === null ? customers : await bare.count(match)
    const name = `search ${kind} ${nameOf(asked)}`
    seen.set(name, (seen.get(name) ?? new Map<number, number>()).set(customers, ours.p95))
    const line = {
      name,
      customers,
      matches,
      ours,
      reference,
      goal: `p95 <= ${goal} ms`,
      met: ours.p95 <= goal,
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
  for (const asked of PLAIN) await one(asked, GOALS_MS.plain)
  for (const asked of COMBINED) await one(asked, GOALS_MS.combined)
  await bare.close()
  await database.close()
}

/** How much longer each search takes in the largest base than in the smallest. */
function printGrowth(): void {
  const [small, large] = [Math.min(...SIZES), Math.max(...SIZES)]
  if (small === large) return
  for (const [name, bySize] of seen) {
    const [before = 0, after = 0] = [bySize.get(small), bySize.get(large)]
    const times = Math.round((after / Math.max(before, 0.001)) * 10) / 10
    process.stdout.write(
      `${JSON.stringify({ name: `growth ${name}`, from: small, to: large, p95: [before, after], times })}\n`,
    )
  }
}

const kinds: readonly Kind[] = server === undefined ? ['sqlite'] : ['sqlite', 'postgres']
for (const kind of kinds) for (const size of SIZES) await measure(kind, size)
if (server === undefined) report('PostgreSQL skipped: UKETSUKE_TEST_PG_URL names no server')
printGrowth()
