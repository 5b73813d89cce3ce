import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TurnStep } from '../../src/main/checkout/deps'
import { manualClock } from '../../src/main/platform/clock'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { builtChild } from '../support/built-child'
import { auditOf, openTurnsWorld } from '../support/turns-world'
import { deskFile } from '../support/databases'

const CHILD = resolve(import.meta.dirname, '../support/turns-child.ts')
const TODAY = '2026-11-28'
const NOW = Date.parse(`${TODAY}T10:00:00+09:00`)
const CONTRACTS = 70

const STEPS: readonly (readonly [TurnStep, number])[] = [
  ['turns-prepared', 1],
  ['turns-stored', 1],
  ['turn-request-handed-over', 1],
  ['turn-request-handed-over', 17],
  ['turn-answer-received', 1],
  ['turn-answer-received', 13],
  ['turns-answered', 1],
  ['turns-settled', 1],
  ['turns-prepared', 2],
  ['turns-stored', 2],
  ['turns-answered', 2],
]

let folder: string
let acquirer: AcquirerProcess
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-run-kill-'))
  acquirer = await startAcquirer(join(folder, 'acquirer'))
})
afterAll(async () => {
  await acquirer.stop()
  rmSync(folder, { recursive: true, force: true })
})

it.each(STEPS)(
  'killed at %s, time %i: run again, every turn has one order that is charged once',
  async (killAt, times) => {
    const { path } = deskFile(folder, `${killAt}-${times}.db`)
    const before = (await acquirer.books()).payments.length
    const clock = manualClock(NOW)
    const first = await openTurnsWorld({ kind: 'sqlite', path }, acquirer.service(), { clock })
    const ids = await first.contracts(CONTRACTS, { card_id: await first.card() })
    await first.close()

    const task = { path, simulatorFile: acquirer.file, date: TODAY, now: NOW, killAt, times }
    const child = spawn(process.execPath, [builtChild(CHILD), JSON.stringify(task)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL')

    // Later than the service's processing time: what it does not know by now, it never will.
    clock.advance(60_000)
    const world = await openTurnsWorld({ kind: 'sqlite', path }, acquirer.service(), { clock })
    const { db } = world.deps.database
    const run = await db.selectFrom('subscription_run').selectAll().executeTakeFirstOrThrow()
    expect(run.state).toBe('running')
    expect((await world.run(TODAY, run.id)).end).toBe('done')
    const due = ids.map((subscriptionId) => ({ subscriptionId, turn: 1 }))
    expect(await auditOf(world, acquirer, due, before)).toEqual([])
    const ended = await db.selectFrom('subscription_run').selectAll().executeTakeFirstOrThrow()
    expect(ended).toMatchObject({
      state: 'done',
      ordered: CONTRACTS,
      authorized: CONTRACTS,
      declined: 0,
      unknown: 0,
    })
    expect(JSON.parse(ended.report)).toMatchObject({ problemCount: 0, stopped: null })
    await world.close()
  },
)
