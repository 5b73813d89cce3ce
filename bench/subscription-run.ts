import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { z } from 'zod'
import { newRun } from '../src/main/checkout/subscription-turn-runs'
import type { AuthorizeRequest, PaymentService } from '../src/main/gateways/payment-service.port'
import { runSubscriptions } from '../src/main/jobs/subscription-run/run'
import { TURNS_AT_ONCE } from '../src/main/checkout/subscription-turn-authorize'
import { manualClock } from '../src/main/platform/clock'
import { newId } from '../src/main/platform/ids'
import { calmCollector } from '../src/main/platform/collector'
import { startAcquirer } from '../tests/support/acquirer'
import { openTurnsWorld, UNWATCHED } from '../tests/support/turns-world'
import { pinger } from './ping'
import { openBare, recording, replayOn, type Batch } from './replay'
import { stats } from './stats'

/**
 * A run of due contracts by the desk (plans, prices, orders, intents, charges, verdicts) against a bare loop that makes the
 * same charges over the same HTTP adapter, as many at a time, and the same statements with the same values, prepared
 * beforehand, in the same transactions on a copy of the same file. A call is sent to main over its port every 20 ms.
 * UKETSUKE_BENCH_ROWS: contracts, 10,000 without it.
 */
const CONTRACTS = Number(process.env['UKETSUKE_BENCH_ROWS'] ?? 10_000)
/** Charges that the reference makes again: the first ones of the run, with everything that was written around them. */
const REPLAYED = Math.min(CONTRACTS, 10_000)
/** The heap is looked at so often, each time after a collection. */
const LOOKS = 10
const TODAY = '2026-11-28'
const MB = 1024 * 1024
const FLAT_MB = 10

calmCollector()
setFlagsFromString('--expose_gc')
const collect = z.function().parse(runInNewContext('gc'))

type Step =
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'charge'; readonly request: AuthorizeRequest }

async function ours(folder: string) {
  const acquirer = await startAcquirer(join(folder, 'acquirer'))
  const config = { kind: 'sqlite' as const, path: join(folder, 'desk.db') }
  const clock = manualClock(Date.parse(`${TODAY}T10:00:00+09:00`))
  const steps: Step[] = []
  const heapMb: number[] = []
  let [charges, commits] = [0, 0]
  const real = acquirer.service()
  const service: PaymentService = {
    ...real,
    authorize: (request) => {
      if (++charges <= REPLAYED) steps.push({ kind: 'charge', request })
      if (charges >= REPLAYED && charges % Math.ceil(CONTRACTS / LOOKS) === 0) {
        collect()
        heapMb.push(Math.round((process.memoryUsage().heapUsed / MB) * 10) / 10)
      }
      return real.authorize(request)
    },
  }
  const world = await openTurnsWorld(config, service, { clock })
  await world.contracts(CONTRACTS, { card_id: await world.card() })
  const { database } = world.deps
  const id = newId()
  const run = newRun({ id, date: TODAY, startedBy: null, seat: 'bench', jobId: null, now: clock.now() })
  await database.db.insertInto('subscription_run').values(run).execute()
  await database.backup(join(folder, 'bare.db'))
  const counted = {
    ...database,
    batch: (statements: Parameters<typeof database.batch>[0]) => {
      commits++
      return database.batch(statements)
    },
  }
  const watched = recording(
    counted,
    (batch) => void steps.push({ kind: 'batch', batch }),
    // The batch behind the last charge that is replayed stores its answer.
    () => charges < REPLAYED || steps.at(-1)?.kind === 'charge',
  )
  const deps = { ...world.deps, database: watched }
  const pings = pinger(() => [])
  const from = performance.now()
  await runSubscriptions(deps, id, UNWATCHED)
  const ms = performance.now() - from
  const waits = pings.stop()
  const row = await database.db.selectFrom('subscription_run').selectAll().executeTakeFirstOrThrow()
  if (row.authorized !== CONTRACTS) throw new Error(`authorized ${row.authorized}`)
  await world.close()
  await acquirer.stop()
  return { perSecond: (CONTRACTS / ms) * 1000, waits, commits, heapMb, steps }
}

/** The same charges and commits, and nothing besides. */
async function bare(folder: string, steps: readonly Step[]): Promise<number> {
  const acquirer = await startAcquirer(join(folder, 'acquirer'))
  const service = acquirer.service()
  const db = openBare(join(folder, 'bare.db'), { synchronous: 'FULL', foreignKeys: true })
  const replay = replayOn(db, true)
  const ready = steps.map((step) =>
    step.kind === 'charge' ? step : { kind: 'batch' as const, batch: replay.prepare(step.batch) },
  )
  const from = performance.now()
  let charges: AuthorizeRequest[] = []
  const charge = async () => {
    let at = 0
    const worker = async () => {
      for (let request = charges[at++]; request; request = charges[at++]) {
        // A repeat would be answered from the books: every charge is a new one.
        const answer = await service.authorize({ ...request, paymentId: newId(), idempotencyKey: newId() })
        if (answer.kind !== 'approved') throw new Error(`the reference is answered ${answer.kind}`)
      }
    }
    await Promise.all(Array.from({ length: TURNS_AT_ONCE }, worker))
    charges = []
  }
  for (const step of ready) {
    if (step.kind === 'charge') charges.push(step.request)
    else {
      if (charges.length > 0) await charge()
      replay.commit(step.batch)
    }
  }
  await charge()
  const ms = performance.now() - from
  db.close()
  await service.close()
  await acquirer.stop()
  return (REPLAYED / ms) * 1000
}

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
try {
  const mine = await ours(folder)
  const reference = await bare(folder, mine.steps)
  const share = mine.perSecond / reference
  const ping = stats(mine.waits)
  const grownMb = (mine.heapMb.at(-1) ?? 0) - (mine.heapMb[0] ?? 0)
  const line = {
    name: `run of ${CONTRACTS} due contracts`,
    from: 'run begins',
    to: 'run has ended',
    ordersPerSecond: Math.round(mine.perSecond),
    reference: Math.round(reference),
    share: Math.round(share * 100) / 100,
    commits: mine.commits,
    ping,
    // What is recorded for the reference is in each of them.
    heapMb: mine.heapMb,
    goal: `>= 50 % of the orders/s; ping p99 <= 50 ms; heap grows by less than ${FLAT_MB} MB`,
    met: share >= 0.5 && ping.p99 <= 50 && grownMb < FLAT_MB,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
