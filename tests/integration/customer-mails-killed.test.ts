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
import { openTurnsWorld } from '../support/turns-world'
import { deskFile } from '../support/databases'

const CHILD = resolve(import.meta.dirname, '../support/turns-child.ts')
const TODAY = '2026-11-28'
const NOW = Date.parse(`${TODAY}T10:00:00+09:00`)
const CONTRACTS = 12

let folder: string
let acquirer: AcquirerProcess
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-mail-kill-'))
  acquirer = await startAcquirer(join(folder, 'acquirer'))
})
afterAll(async () => {
  await acquirer.stop()
  rmSync(folder, { recursive: true, force: true })
})

it.each<TurnStep>(['turns-answered', 'turns-settled'])(
  'a run that is killed at %s and run again tells each refused customer once',
  async (killAt) => {
    const { path } = deskFile(folder, `${killAt}.db`)
    const clock = manualClock(NOW)
    const first = await openTurnsWorld({ kind: 'sqlite', path }, acquirer.service(), { clock })
    await first.deps.database.db.updateTable('mail_template').set({ active: 1 }).execute()
    await first.deps.database.db.updateTable('customer').set({ email: 'hanako@example.jp' }).execute()
    await first.contracts(CONTRACTS, { card_id: await first.card() })
    await first.close()
    await acquirer.fault('authorize', { kind: 'decline', code: '102' }, 99)

    const task = { path, simulatorFile: acquirer.file, date: TODAY, now: NOW, killAt, times: 1 }
    const child = spawn(process.execPath, [builtChild(CHILD), JSON.stringify(task)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL')

    clock.advance(60_000)
    const world = await openTurnsWorld({ kind: 'sqlite', path }, acquirer.service(), { clock })
    const { db } = world.deps.database
    const run = await db.selectFrom('subscription_run').select('id').executeTakeFirstOrThrow()
    expect((await world.run(TODAY, run.id)).end).toBe('done')
    await world.run(TODAY)
    const cycles = await db.selectFrom('subscription_cycle').select(['id', 'status', 'tries']).execute()
    expect(cycles.filter(({ status, tries }) => status === 'auth-failed' && tries === 1)).toHaveLength(
      CONTRACTS,
    )
    const mails = await db.selectFrom('customer_mail').select(['cycle_id', 'kind', 'state']).execute()
    expect(mails.map(({ cycle_id }) => cycle_id).toSorted()).toEqual(cycles.map(({ id }) => id).toSorted())
    expect(new Set(mails.map(({ kind, state }) => `${kind} ${state}`))).toEqual(
      new Set(['payment-declined waiting']),
    )
    await world.close()
  },
)
