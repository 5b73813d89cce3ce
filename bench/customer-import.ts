import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parse } from 'csv-parse'
import DatabaseFile from 'better-sqlite3'
import { z } from 'zod'
import { makeOrder } from '../src/main/checkout/4-order'
import { customerRuns, searchDocument } from '../src/main/db/customer-search'
import { openDatabase } from '../src/main/db/open-database'
import { EC_CUBE_COLUMNS } from '../src/main/domain/customer-csv/ec-cube'
import { guessMeanings } from '../src/main/domain/customer-csv/fields'
import { rowReader } from '../src/main/domain/customer-csv/normal-row'
import { systemClock as clock } from '../src/main/platform/clock'
import { newId } from '../src/main/platform/ids'
import { calmCollector } from '../src/main/platform/collector'
import { startAcquirer } from '../tests/support/acquirer'
import { openWorld } from '../tests/support/checkout-world'
import { writeCustomerCsv } from '../tests/support/customer-csv'
import { pinger } from './ping'
import { importOn } from '../tests/support/import-world'
import { readyOrders } from './ready-orders'
import { stats } from './stats'

/**
 * An import of EC-CUBE customers into an empty base by the desk (thread of its own, chunks, hidden until the switch, also
 * resumable) against csv-parse and prepared inserts with the same normalisation, tables, indexes, triggers and search
 * tables, ten thousand rows a transaction, on one thread that does nothing else. While the desk imports, another seat
 * commits an order twice a second, and a call is sent to main over its port every 20 ms.
 */
const ROWS = Number(process.env['UKETSUKE_BENCH_ROWS'] ?? 1_000_000)
const ORDERS = 300
const ORDER_EVERY_MS = 500
const MB = 1024 * 1024

calmCollector()
setFlagsFromString('--expose_gc')
const collect = z.function().parse(runInNewContext('gc'))

const INSERT = `insert into customer (id, number, family_name, given_name, family_kana, given_kana, email, phone,
  phone_last4, postal_code, prefecture, city, address, building, note, created_at, updated_at, version, kind, company, sex,
  birthday, job_code) values (${'?, '.repeat(22)}?)`
const A_TRANSACTION = 10_000

/** Rows per second of the bare way. */
async function bare(file: string, path: string): Promise<number> {
  await (await openDatabase({ kind: 'sqlite', path }, { clock })).close()
  const db = new DatabaseFile(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('wal_autocheckpoint = 10000')
  const [insert, index] = [
    db.prepare(INSERT),
    db.prepare('insert into customer_search (rowid, tokens) values (?, ?)'),
  ]
  const read = rowReader(guessMeanings(EC_CUBE_COLUMNS))
  const from = performance.now()
  let rows = 0
  db.exec('begin')
  const records: AsyncIterable<string[]> = createReadStream(file).pipe(parse({ bom: true, from_line: 2 }))
  for await (const cells of records) {
    const outcome = read(cells)
    if (!outcome.ok) throw new Error(outcome.reasons.join())
    const { row } = outcome
    const number = row.number ?? 0
    insert.run(
      newId(),
      number,
      row.familyName,
      row.givenName,
      row.familyKana,
      row.givenKana,
      row.email,
      row.phone,
      row.phone.slice(-4),
      row.postalCode,
      row.prefecture,
      row.city,
      row.address,
      row.building,
      row.note,
      row.createdAt,
      row.updatedAt,
      1,
      row.kind,
      row.company,
      row.sex,
      row.birthday,
      row.jobCode,
    )
    const searchable = { ...row, number, email: row.email ?? '', building: row.building ?? '' }
    index.run(number, searchDocument('sqlite', customerRuns(searchable)))
    if (++rows % A_TRANSACTION === 0) db.exec('commit; begin')
  }
  db.exec('commit')
  const ms = performance.now() - from
  db.close()
  return (rows / ms) * 1000
}

async function ours(file: string, path: string, folder: string) {
  const acquirer = await startAcquirer(join(folder, 'acquirer'))
  const config = { kind: 'sqlite' as const, path }
  const world = await openWorld(config, acquirer.service())
  const orders = await readyOrders(world, ORDERS)
  const desk = await importOn(world.deps.database, config)
  collect()
  const idle = process.memoryUsage()
  const memory: number[] = []
  const commits: number[] = []
  const pings = pinger(() => desk.frame.live())
  const seat = setInterval(() => {
    const order = orders.pop()
    const at = performance.now()
    if (order) void makeOrder(world.deps, order).then(() => commits.push(performance.now() - at))
  }, ORDER_EVERY_MS)
  const weigh = setInterval(() => {
    collect()
    memory.push((process.memoryUsage().rss - idle.rss) / MB)
  }, 5_000)
  const from = performance.now()
  const id = await desk.start(file)
  const job = await desk.halted(id)
  const ms = performance.now() - from
  clearInterval(seat)
  clearInterval(weigh)
  const waits = pings.stop()
  collect()
  const after = (process.memoryUsage().rss - idle.rss) / MB
  await desk.close()
  await world.close()
  await acquirer.stop()
  if (job.state !== 'done') throw new Error(job.state)
  return {
    perSecond: (ROWS / ms) * 1000,
    waits,
    commits,
    most: Math.max(0, ...memory),
    after,
    chunks: desk.chunks(),
  }
}

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
try {
  const file = join(folder, 'customers.csv')
  writeCustomerCsv(file, { rows: ROWS })
  const mine = await ours(file, join(folder, 'desk.db'), folder)
  const reference = await bare(file, join(folder, 'bare.db'))
  const share = mine.perSecond / reference
  const [pings, commits] = [stats(mine.waits), stats(mine.commits)]
  const longest = Math.max(...mine.commits)
  const line = {
    name: `import of ${ROWS} customers`,
    from: 'file chosen',
    to: 'all visible',
    rowsPerSecond: Math.round(mine.perSecond),
    reference: Math.round(reference),
    share: Math.round(share * 100) / 100,
    ping: pings,
    chunk: stats(mine.chunks),
    slowestChunkMs: Math.round(Math.max(...mine.chunks)),
    orderCommit: { ...commits, longest: Math.round(longest) },
    memoryOverIdleMb: { most: Math.round(mine.most), after: Math.round(mine.after) },
    goal: '>= 50 % of the rows/s; ping p99 <= 50 ms; order commit <= 100 ms; memory after GC <= 150 MB over idle',
    met: share >= 0.5 && pings.p99 <= 50 && longest <= 100 && mine.after <= 150,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
