import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'
import { reckon } from '../src/main/features/subscription-insights/reckoning'
import { manualClock } from '../src/main/platform/clock'
import { calmCollector } from '../src/main/platform/collector'
import { manyContracts } from '../tests/support/many-contracts'
import { openSeeded } from '../tests/support/seeded'
import { owners } from '../tests/support/subscription-rows'
import { pinger } from './ping'
import { stats } from './stats'

/**
 * The pass over all contracts behind 指標, 継続率 and お届け予定. What it costs the others is measured beside it: a call is
 * sent to main over its port every 20 ms, and the event loop tells its longest stall. The reference is the same time
 * without the pass.
 */
const CONTRACTS = Number(process.env['UKETSUKE_BENCH_ROWS'] ?? 100_000)
const TODAY = '2026-11-28'
const GOAL_MS = 20

calmCollector()
async function watched(work: () => Promise<unknown>) {
  const stalls = monitorEventLoopDelay({ resolution: 1 })
  let collected = 0
  const collections = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) collected = Math.max(collected, duration)
  })
  collections.observe({ entryTypes: ['gc'] })
  const pings = pinger(() => [])
  stalls.enable()
  const from = performance.now()
  await work()
  const ms = performance.now() - from
  stalls.disable()
  collections.disconnect()
  const waits = pings.stop()
  const round = (ns: number) => Math.round(ns / 1e5) / 10
  return {
    seconds: Math.round(ms / 100) / 10,
    longestStallMs: round(stalls.max),
    p999StallMs: round(stalls.percentile(99.9)),
    longestCollectionMs: Math.round(collected * 10) / 10,
    ping: stats(waits),
  }
}

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
const clock = manualClock(Date.parse(`${TODAY}T10:00:00+09:00`))
const { database, admin } = await openSeeded({ kind: 'sqlite', path: join(folder, 'desk.db') }, clock)
try {
  await manyContracts(database, await owners(database, admin), { count: CONTRACTS, today: TODAY, seed: 5 })
  const pass = () =>
    reckon({
      database,
      today: TODAY,
      prefer: 'earlier',
      ticks: () => performance.now(),
      progress: () => undefined,
    })
  await pass()
  const ours = await watched(pass)
  const reference = await watched(() => new Promise((go) => setTimeout(go, ours.seconds * 1000)))
  const line = {
    name: `insights of ${CONTRACTS} contracts`,
    from: 'pass begins',
    to: 'pass has ended',
    ours,
    reference,
    goal: `longest stall <= ${GOAL_MS} ms`,
    met: ours.longestStallMs <= GOAL_MS,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
} finally {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
}
