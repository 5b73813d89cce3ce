import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeOrder } from '../src/main/checkout/4-order'
import { calmCollector } from '../src/main/platform/collector'
import { startAcquirer } from '../tests/support/acquirer'
import { openWorld } from '../tests/support/checkout-world'
import { readyOrders } from './ready-orders'
import { openBare, recording, replayOn, type Batch } from './replay'
import { print, stats } from './stats'

/**
 * Order commits by the desk (Kysely, worker thread, batch) against the same statements with the same values,
 * prepared beforehand, in one transaction each, with the same pragmas, on a copy of the same file, on the calling
 * thread. Every statement of the reference changes as many rows as ours did.
 */
const ROUNDS = 300
const GOALS = { FULL: 2, OFF: 3 } as const

async function measure(synchronous: 'FULL' | 'OFF', folder: string): Promise<void> {
  const acquirer = await startAcquirer(join(folder, `acquirer-${synchronous}`))
  const path = join(folder, `desk-${synchronous}.db`)
  const copy = join(folder, `bare-${synchronous}.db`)
  const world = await openWorld({ kind: 'sqlite', path, synchronous }, acquirer.service())
  const orders = await readyOrders(world, ROUNDS)
  await world.deps.database.backup(copy)
  const batches: Batch[] = []
  const database = recording(world.deps.database, (batch) => void batches.push(batch))
  const deps = { ...world.deps, database }
  const ours: number[] = []
  for (const order of orders) {
    const from = performance.now()
    await makeOrder(deps, order)
    ours.push(performance.now() - from)
  }
  await world.close()
  await acquirer.stop()
  const reference = stats(bare(copy, synchronous, batches).slice(20))
  const mine = stats(ours.slice(20))
  const ratio = Math.round((mine.median / reference.median) * 100) / 100
  print({
    name: `order commit, synchronous=${synchronous}`,
    from: 'makeOrder called',
    to: 'promise settled',
    ours: mine,
    reference,
    ratio,
    goal: `<= ${GOALS[synchronous]}x`,
    met: ratio <= GOALS[synchronous],
  })
}

function bare(path: string, synchronous: 'FULL' | 'OFF', batches: readonly Batch[]): number[] {
  const db = openBare(path, { synchronous, foreignKeys: true })
  const replay = replayOn(db, true)
  const samples = batches.map(replay.prepare).map(replay.commit)
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
