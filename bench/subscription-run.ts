import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import DatabaseFile from 'better-sqlite3'
import { z } from 'zod'
import { newRun } from '../src/main/checkout/subscription-turn-runs'
import type { Statement } from '../src/main/db/open-database'
import { sqliteValue } from '../src/main/db/sqlite-dialect'
import type { AuthorizeRequest, PaymentService } from '../src/main/gateways/payment-service.port'
import { runSubscriptions } from '../src/main/jobs/subscription-run/run'
import { TURNS_AT_ONCE } from '../src/main/checkout/subscription-turn-authorize'
import { manualClock } from '../src/main/platform/clock'
import { newId } from '../src/main/platform/ids'
import { startAcquirer } from '../tests/support/acquirer'
import { openTurnsWorld, UNWATCHED } from '../tests/support/turns-world'
import { pinger } from './ping'
import { stats } from './stats'

/**
 * A run of due contracts by the desk (plans, prices, orders, intents, charges, verdicts) against a bare loop that makes the
 * same charges over the same HTTP adapter, as many at a time, and the same statements with the same values, prepared
 * beforehand, in the same transactions on a copy of the same file. A call is sent to main over its port every 20 ms.
 */
const CONTRACTS = Number(process.env['UKETSUKE_BENCH_ROWS'] ?? 10_000)
const TODAY = '2026-11-28'
const MB = 1024 * 1024

setFlagsFromString('--expose_gc')
const collect = z.function().parse(runInNewContext('gc'))

type Step =
  | { readonly kind: 'batch'; readonly batch: readonly { sql: string; parameters: readonly unknown[] }[] }
  | { readonly kind: 'charge'; readonly request: AuthorizeRequest }

async function ours(folder: string) {
  const acquirer = await startAcquirer(join(folder, 'acquirer'))
  const config = { kind: 'sqlite' as const, path: join(folder, 'desk.db') }
  const clock = manualClock(Date.parse(`${TODAY}T10:00:00+09:00`))
  const steps: Step[] = []
  const real = acquirer.service()
  const service: PaymentService = {
    ...real,
    authorize: (request) => {
      steps.push({ kind: 'charge', request })
      return real.authorize(request)
    },
  }
  const world = await openTurnsWorld(config, service, { clock })
  await world.contracts(CONTRACTS, { card_id: await world.card() })
  const { database } = world.deps
  await database.backup(join(folder, 'bare.db'))
  const deps = {
    ...world.deps,
    database: {
      ...database,
      batch: (statements: readonly Statement[]) => {
        steps.push({
          kind: 'batch',
          batch: statements.map(({ query }) => ({ sql: query.sql, parameters: query.parameters })),
        })
        return database.batch(statements)
      },
    },
  }
  const id = newId()
  const run = newRun({ id, date: TODAY, startedBy: null, seat: 'bench', jobId: null, now: clock.now() })
  await database.db.insertInto('subscription_run').values(run).execute()
  collect()
  const idle = process.memoryUsage().heapUsed
  const pings = pinger(() => [])
  const from = performance.now()
  await runSubscriptions(deps, id, UNWATCHED)
  const ms = performance.now() - from
  const waits = pings.stop()
  const row = await database.db.selectFrom('subscription_run').selectAll().executeTakeFirstOrThrow()
  if (row.authorized !== CONTRACTS) throw new Error(`authorized ${row.authorized}`)
  const commits = steps.filter(({ kind }) => kind === 'batch').length
  const recorded = steps.length
  collect()
  const heapMb = (process.memoryUsage().heapUsed - idle) / MB
  await world.close()
  await acquirer.stop()
  return { perSecond: (CONTRACTS / ms) * 1000, waits, commits, recorded, heapMb, steps }
}

/** The same charges and commits, and nothing besides. */
async function bare(folder: string, steps: readonly Step[]): Promise<number> {
  const acquirer = await startAcquirer(join(folder, 'acquirer'))
  const service = acquirer.service()
  const db = new DatabaseFile(join(folder, 'bare.db'))
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = OFF']) db.pragma(pragma)
  const known = new Map<string, DatabaseFile.Statement<unknown[]>>()
  const ready = steps.map((step) =>
    step.kind === 'charge'
      ? step
      : {
          kind: 'batch' as const,
          batch: step.batch.map(({ sql, parameters }) => {
            const statement = known.get(sql) ?? db.prepare<unknown[]>(sql)
            known.set(sql, statement)
            return { statement, values: parameters.map(sqliteValue) }
          }),
        },
  )
  const commit = db.transaction(
    (batch: { statement: DatabaseFile.Statement<unknown[]>; values: unknown[] }[]) => {
      for (const { statement, values } of batch) {
        if (statement.reader) statement.all(...values)
        else statement.run(...values)
      }
    },
  ).immediate
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
      commit(step.batch)
    }
  }
  await charge()
  const ms = performance.now() - from
  db.close()
  await service.close()
  await acquirer.stop()
  return (CONTRACTS / ms) * 1000
}

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
try {
  const mine = await ours(folder)
  const reference = await bare(folder, mine.steps)
  const share = mine.perSecond / reference
  const ping = stats(mine.waits)
  const line = {
    name: `run of ${CONTRACTS} due contracts`,
    from: 'run begins',
    to: 'run has ended',
    ordersPerSecond: Math.round(mine.perSecond),
    reference: Math.round(reference),
    share: Math.round(share * 100) / 100,
    commits: mine.commits,
    ping,
    // What the bench itself has recorded is in it: the same statements are played again by the reference.
    heapOverIdleMb: Math.round(mine.heapMb),
    goal: '>= 50 % of the orders/s; ping p99 <= 50 ms',
    met: share >= 0.5 && ping.p99 <= 50,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
