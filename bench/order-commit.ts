import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { makeOrder } from '../src/main/checkout/4-order'
import { sqliteValue } from '../src/main/db/sqlite-dialect'
import { calmCollector } from '../src/main/platform/collector'
import { startAcquirer } from '../tests/support/acquirer'
import { openWorld } from '../tests/support/checkout-world'
import { readyOrders } from './ready-orders'
import { print, stats } from './stats'

/**
 * Order commits by the desk (Kysely, worker thread, batch) against the same statements with the same values,
 * prepared beforehand, in one transaction each, with the same pragmas, on a copy of the same file, on the calling
 * thread. Every statement of the reference changes as many rows as ours did.
 */
const ROUNDS = 300
const GOALS = { FULL: 2, OFF: 3 } as const

interface Recorded {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

async function measure(synchronous: 'FULL' | 'OFF', folder: string): Promise<void> {
  const acquirer = await startAcquirer(join(folder, `acquirer-${synchronous}`))
  const path = join(folder, `desk-${synchronous}.db`)
  const copy = join(folder, `bare-${synchronous}.db`)
  const world = await openWorld({ kind: 'sqlite', path, synchronous }, acquirer.service())
  const orders = await readyOrders(world, ROUNDS)
  await world.deps.database.backup(copy)
  const batches: Recorded[][] = []
  const { database } = world.deps
  const deps = {
    ...world.deps,
    database: {
      ...database,
      batch: (batch: Parameters<typeof database.batch>[0]) => {
        batches.push(batch.map(({ query }) => ({ sql: query.sql, parameters: query.parameters })))
        return database.batch(batch)
      },
    },
  }
  const ours: number[] = []
  for (const order of orders) {
    const from = performance.now()
    await makeOrder(deps, order)
    ours.push(performance.now() - from)
  }
  await world.close()
  await acquirer.stop()
  const reference = replay(copy, synchronous, batches)
  const [mine, bare] = [stats(ours.slice(20)), stats(reference.slice(20))]
  const ratio = Math.round((mine.median / bare.median) * 100) / 100
  print({
    name: `order commit, synchronous=${synchronous}`,
    from: 'makeOrder called',
    to: 'promise settled',
    ours: mine,
    reference: bare,
    ratio,
    goal: `<= ${GOALS[synchronous]}x`,
    met: ratio <= GOALS[synchronous],
  })
}

function replay(path: string, synchronous: 'FULL' | 'OFF', batches: readonly Recorded[][]): number[] {
  const db = new DatabaseFile(path)
  db.pragma('journal_mode = WAL')
  db.pragma(`synchronous = ${synchronous}`)
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  const known = new Map<string, DatabaseFile.Statement<unknown[]>>()
  const ready = batches.map((batch) =>
    batch.map(({ sql, parameters }) => {
      const statement = known.get(sql) ?? db.prepare<unknown[]>(sql)
      known.set(sql, statement)
      return { statement, values: parameters.map(sqliteValue) }
    }),
  )
  const commit = db.transaction((batch: (typeof ready)[number]) => {
    for (const { statement, values } of batch) {
      if (statement.reader) statement.all(...values)
      else if (statement.run(...values).changes === 0) throw new Error('the reference changed nothing')
    }
  }).immediate
  const samples = ready.map((batch) => {
    const from = performance.now()
    commit(batch)
    return performance.now() - from
  })
  db.close()
  return samples
}

calmCollector()
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
try {
  await measure('FULL', folder)
  await measure('OFF', folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
