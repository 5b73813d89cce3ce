import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { newRun } from '../../src/main/checkout/subscription-turn-runs'
import { httpPaymentService } from '../../src/main/gateways/http-service/http-payment-service'
import { runSubscriptions } from '../../src/main/jobs/subscription-run/run'
import { newId } from '../../src/main/platform/ids'
import { openWorld } from './checkout-world'

/** A desk without windows that runs 定期 and kills itself in the middle of it, as a power cut would. */
const Task = z.object({
  path: z.string(),
  simulatorFile: z.string(),
  date: z.string(),
  /** Where this desk's clock stands. */
  now: z.number(),
  /** Null: at any step. */
  killAt: z.string().nullable(),
  /** At the how-manieth time that it comes to that step; 0: never. */
  times: z.int(),
  /** So many ms later. */
  afterMs: z.int().default(0),
})
const Simulator = z.object({
  url: z.string(),
  fingerprint256: z.string(),
  merchantKeys: z.record(z.string(), z.string()),
})

const task = Task.parse(JSON.parse(process.argv[2] ?? ''))
const simulator = Simulator.parse(JSON.parse(readFileSync(task.simulatorFile, 'utf8')))
const service = httpPaymentService({
  id: 'sim-key',
  name: 'sim-key',
  url: simulator.url,
  fingerprint256: simulator.fingerprint256,
  merchantKey: simulator.merchantKeys['sim-key'] ?? '',
})
let met = 0
const began = performance.now()
const clock = { now: () => task.now + Math.floor(performance.now() - began) }
const { deps } = await openWorld({ kind: 'sqlite', path: task.path }, service, {
  clock,
  onStep: (step) => {
    if ((task.killAt !== null && step !== task.killAt) || ++met !== task.times) return
    if (task.afterMs === 0) process.kill(process.pid, 'SIGKILL')
    else setTimeout(() => process.kill(process.pid, 'SIGKILL'), task.afterMs)
  },
})
const { db } = deps.database
const standing = await db
  .selectFrom('subscription_run')
  .select('id')
  .where('state', '=', 'running')
  .executeTakeFirst()
const id = standing?.id ?? newId()
if (!standing) {
  await db
    .insertInto('subscription_run')
    .values(newRun({ id, date: task.date, startedBy: null, seat: 'child', jobId: null, now: clock.now() }))
    .execute()
}
await runSubscriptions(deps, id, {
  cancelWanted: () => false,
  closing: new AbortController().signal,
  progress: () => [],
})
process.stdout.write(`${JSON.stringify({ now: clock.now() })}\n`)
process.exit(0)
