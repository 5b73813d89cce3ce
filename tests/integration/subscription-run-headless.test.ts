import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { RUN_EXIT, runHeadless, runSubscriptionRunApp } from '../../src/main/composition/subscription-run-app'
import { DEFAULT_SETTINGS, writeSetting } from '../../src/main/features/settings/settings.service'
import { manualClock } from '../../src/main/platform/clock'
import { silentLog } from '../../src/main/platform/log'
import { acquirerFolder, startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { deskFile } from '../support/databases'
import { openTurnsWorld, type TurnsWorld } from '../support/turns-world'

const TODAY = '2026-11-28'
const clock = manualClock(Date.parse(`${TODAY}T10:00:00+09:00`))
const keyStore = { isAvailable: () => false, encrypt: () => new Uint8Array(), decrypt: () => '' }

let books: ReturnType<typeof acquirerFolder>
let folder: string
let acquirer: AcquirerProcess
beforeAll(async () => {
  books = acquirerFolder()
  acquirer = await startAcquirer(books.folder)
})
afterAll(async () => {
  await acquirer.stop()
  books.remove()
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-run-headless-'))
  writeFileSync(join(folder, 'profile.json'), JSON.stringify({ mode: 'training' }))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await acquirer.listen(true)
  rmSync(folder, { recursive: true, force: true })
})

const options = () => ({ folder, simulatorFile: acquirer.file, keyStore, clock })
const headless = (...args: string[]) => runHeadless({ ...options(), args, log: silentLog })

/** Puts contracts into the profile's database; it is closed again. */
async function plant(contracts: (world: TurnsWorld) => Promise<unknown>, serviceId = 'sim-key') {
  const { path } = deskFile(folder, 'training.db')
  const world = await openTurnsWorld({ kind: 'sqlite', path }, acquirer.service(), { clock })
  await contracts(world)
  await writeSetting(world.deps.database.db, {
    key: 'important',
    value: { ...DEFAULT_SETTINGS, serviceId },
    seenVersion: 1,
    by: world.actor.userId,
    now: clock.now(),
  })
  await world.close()
}

/** The app as the task scheduler starts it: how it ended, what it printed, what its log says. */
async function startApp(...args: string[]) {
  const ends: number[] = []
  let printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk)
    return true
  })
  const app = { whenReady: async () => undefined, exit: (code = 0) => void ends.push(code) }
  await runSubscriptionRunApp(app, { ...options(), args })
  vi.restoreAllMocks()
  const lines = readFileSync(join(folder, 'subscription-runs', 'logs', 'uketsuke.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => z.looseObject({ msg: z.string() }).parse(JSON.parse(line)))
  return { ends, printed: z.looseObject({}).parse(JSON.parse(printed)), log: lines }
}

it('makes the orders of a profile, says so in a line, and has nothing left on the second start', async () => {
  await plant(async (world) => world.contracts(4, { card_id: await world.card() }))
  const dry = await headless('--date', TODAY, '--dry-run')
  expect(dry).toMatchObject({ exitCode: RUN_EXIT.ok, line: { orders: 4, authorizations: 4 } })
  const first = await headless(`--date=${TODAY}`)
  expect(first).toMatchObject({ exitCode: RUN_EXIT.ok, line: { ordered: 4, authorized: 4, state: 'done' } })
  const second = await headless('--date', TODAY)
  expect(second).toMatchObject({ exitCode: RUN_EXIT.ok, line: { ordered: 0, authorized: 0 } })
  await expect(headless('--date', 'soon')).rejects.toThrow()
})

it('0: all is done; the line on stdout is the last one of the log', async () => {
  await plant(async (world) => world.contracts(1, { card_id: await world.card() }))
  const { ends, printed, log } = await startApp('--date', TODAY)
  expect(ends).toEqual([0])
  expect(printed).toMatchObject({ date: TODAY, state: 'done', ordered: 1, authorized: 1, attention: 0 })
  expect(log.at(-1)).toMatchObject({ msg: 'run ended', ...printed })
})

it('2: done, and somebody has to look at it', async () => {
  await plant((world) => world.contracts(1, { card_id: null }))
  const { ends, printed } = await startApp()
  expect(ends).toEqual([2])
  expect(printed).toMatchObject({ date: TODAY, ordered: 1, attention: 1, stopped: null })
})

it('2: the orders are made, but no card could be asked', async () => {
  await plant(async (world) => world.contracts(1, { card_id: await world.card() }))
  await acquirer.listen(false)
  const { ends, printed } = await startApp('--date', TODAY)
  expect(ends).toEqual([2])
  expect(printed).toMatchObject({ ordered: 1, authorized: 0, stopped: 'service-not-ready' })
})

it('1: it could not run, with a code that stands in the log', async () => {
  await plant((world) => world.contracts(1, { card_id: null }))
  const { ends, printed, log } = await startApp('--date', 'soon')
  expect(ends).toEqual([1])
  expect(printed).toMatchObject({ error: 'bad-date', supportCode: expect.stringMatching(/^[2-9A-Z]{8}$/) })
  expect(log.at(-1)).toMatchObject({ msg: 'run failed', supportCode: printed['supportCode'] })
})

it('1: the day is over', async () => {
  await plant((world) => world.contracts(1, { card_id: null }))
  const { ends, printed } = await startApp('--date', '2020-01-01')
  expect(ends).toEqual([1])
  expect(printed).toMatchObject({ error: 'bad-date' })
})

it('1: the folder is nobody’s desk', async () => {
  rmSync(join(folder, 'profile.json'))
  const { ends, printed } = await startApp()
  expect(ends).toEqual([1])
  expect(printed).toEqual({ error: 'no-profile' })
})
