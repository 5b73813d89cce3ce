import DatabaseFile from 'better-sqlite3'
import { search } from '../src/main/features/customers/customers.service'
import type { CustomerFilter, CustomerSort } from '../src/contract/customers'
import { openDatabase } from '../src/main/db/open-database'
import { searchQuery } from '../src/main/db/customer-search'
import { systemClock } from '../src/main/platform/clock'
import { bigBase } from '../tests/support/big/generate'
import { stats } from './stats'

/**
 * The list of customers as its procedure answers: first page of 50 rows with the count, by fragments that operators
 * type. The reference is the bare index of fragments on the calling thread: the numbers of the first 50 matches.
 */
const ROUNDS = 60
const LIMIT = 50
const SIZES = (process.env['UKETSUKE_BENCH_CUSTOMERS'] ?? '100000,1000000').split(',').map(Number)
const ORDERS_EACH = 3

const FREE: CustomerFilter = {
  text: '',
  prefecture: '',
  tag: '',
  blacklist: null,
  orderedFrom: null,
  orderedTo: null,
}

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
]
/** Sorted, or two conditions together. */
const COMBINED: readonly Asked[] = [
  { text: '鈴木', sort: 'kana' },
  { text: '新宿区', sort: 'kana' },
  { text: '東京都', sort: 'kana' },
  { text: 'サトウ', sort: 'kana' },
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

async function measure(customers: number): Promise<void> {
  const path = await bigBase({ customers, orders: customers * ORDERS_EACH }, (line) =>
    process.stderr.write(`${line}\n`),
  )
  const database = await openDatabase({ kind: 'sqlite', path }, { clock: systemClock })
  const deps = { database, clock: systemClock, serviceId: null }
  const bare = new DatabaseFile(path, { readonly: true })
  const reference = bare.prepare(
    'select rowid from customer_search where customer_search match ? order by rowid desc limit 50',
  )
  const total = bare.prepare<[string], { n: number }>(
    'select count(*) n from customer_search where customer_search match ?',
  )
  const one = async ({ text, filter, sort = 'number' }: Asked, goal: number) => {
    const ours: number[] = []
    const plain: number[] = []
    const match = searchQuery('sqlite', text)
    for (let round = 0; round < ROUNDS; round++) {
      const from = performance.now()
      await search(deps, {
        ...FREE,
        ...filter,
        text,
        sort,
        descending: sort !== 'kana',
        cursor: null,
        limit: LIMIT,
      })
      ours.push(performance.now() - from)
      const start = performance.now()
      if (match !== null) reference.all(match)
      plain.push(performance.now() - start)
    }
    const mine = stats(ours)
    const words = [text === '' ? '(すべて)' : text, filter?.prefecture ?? '', sort === 'number' ? '' : sort]
    process.stdout.write(
      `${JSON.stringify({
        name: `search ${words.filter((word) => word !== '').join(' + ')}`,
        customers,
        matches: match === null ? customers : total.get(match)?.n,
        ours: mine,
        reference: stats(plain),
        goal: `p95 <= ${goal} ms`,
        met: mine.p95 <= goal,
      })}\n`,
    )
  }
  for (const asked of PLAIN) await one(asked, 10)
  for (const asked of COMBINED) await one(asked, 50)
  bare.close()
  await database.close()
}

for (const size of SIZES) await measure(size)
