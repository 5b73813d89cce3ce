import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { manualClock } from '../../src/main/platform/clock'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { builtChild } from '../support/built-child'
import { randomFrom } from '../support/random'
import { auditOf, openTurnsWorld } from '../support/turns-world'

const CONTRACTS = Number(process.env['UKETSUKE_LONG_CONTRACTS'] ?? 100_000)
const KILLS = 50
const CHILD = resolve(import.meta.dirname, '../support/turns-child.ts')
const TODAY = '2026-11-28'
const NOW = Date.parse(`${TODAY}T10:00:00+09:00`)
/** Longer than the service's processing time: what is not booked by then, never will be. */
const APART_MS = 60_000

let folder: string
let acquirer: AcquirerProcess
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-run-kills-'))
  acquirer = await startAcquirer(join(folder, 'acquirer'))
})
afterAll(async () => {
  await acquirer.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** One desk that runs until it is killed, or is through. True: it was killed. */
async function live(task: object): Promise<boolean> {
  const child = spawn(process.execPath, [builtChild(CHILD), JSON.stringify(task)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code, signal]: unknown[] = await once(child, 'exit')
  if (signal === 'SIGKILL') return true
  if (code !== 0) throw new Error(`the run ended with ${String(code)}`)
  return false
}

it(
  `${CONTRACTS} due contracts, the run killed ${KILLS} times: every turn has one order that is authorized once`,
  async () => {
    const path = join(folder, 'desk.db')
    const first = await openTurnsWorld({ kind: 'sqlite', path }, acquirer.service(), {
      clock: manualClock(NOW),
    })
    const ids = await first.contracts(CONTRACTS, { card_id: await first.card() })
    await first.close()

    // A turn comes to two steps of its own: the kills are spread over nine tenths of the work, or rather less.
    const random = randomFrom(50)
    const most = Math.max(4, Math.floor((CONTRACTS * 2 * 1.8) / KILLS))
    const began = performance.now()
    let died = 0
    for (let life = 0; ; life++) {
      const times = died < KILLS ? 1 + random.int(most) : 0
      const passed = Math.ceil(performance.now() - began)
      const task = {
        path,
        simulatorFile: acquirer.file,
        date: TODAY,
        now: NOW + life * APART_MS + passed,
        killAt: null,
        times,
        afterMs: random.int(8),
      }
      if (!(await live(task))) break
      died++
    }
    const seconds = Math.round((performance.now() - began) / 1000)
    process.stdout.write(`killed ${died} times, through after ${seconds} s\n`)
    expect(died).toBe(KILLS)

    const world = await openTurnsWorld({ kind: 'sqlite', path }, acquirer.service(), {
      clock: manualClock(NOW + 1_000 * APART_MS),
    })
    const { db } = world.deps.database
    const due = ids.map((subscriptionId) => ({ subscriptionId, turn: 1 }))
    expect(await auditOf(world, acquirer, due)).toEqual([])
    const runs = await db.selectFrom('subscription_run').selectAll().execute()
    expect(runs).toMatchObject([
      { state: 'done', ordered: CONTRACTS, authorized: CONTRACTS, declined: 0, unknown: 0 },
    ])
    await world.close()
  },
  90 * 60_000,
)
