import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import type { KyselyPlugin, PluginTransformQueryArgs } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { reconcile } from '../../src/main/checkout/reconcile'
import type { CheckoutDeps } from '../../src/main/checkout/deps'
import { readDue } from '../../src/main/checkout/subscription-turn-due'
import { countOpenTurns, readOpenTurns } from '../../src/main/checkout/subscription-turn-open'
import { watchUpdates } from '../../src/main/features/keypad-monitor/keypad-monitor.service'
import { unknownTurns } from '../../src/main/jobs/subscription-run/open-turns'
import { newId } from '../../src/main/platform/ids'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { openWorld, type World } from '../support/checkout-world'
import { deskFile } from '../support/databases'

/**
 * What the desk asks by the clock, of tables that have millions of rows after some years: the answer must come from an
 * index of the few rows that are meant. The desk gathers no statistics, so the plans are the same with rows and without.
 */
const BIG =
  'payment|payment_operation|checkout|sales_order|subscription|subscription_cycle|keypad|keypad_event|keypad_update'
/** Indexes that hold only what is open. */
const OF_OPEN = 'operation_one_open|payment_held|payment_unknown|keypad_update_open'

let folder: string
let acquirer: AcquirerProcess
let world: World
let deps: CheckoutDeps
let asked: PluginTransformQueryArgs[] = []
const recorder: KyselyPlugin = {
  transformQuery: (args) => {
    asked.push(args)
    return args.node
  },
  transformResult: async ({ result }) => result,
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-plans-'))
  acquirer = await startAcquirer(join(folder, 'acquirer'))
  world = await openWorld(deskFile(folder), acquirer.service())
  const { database } = world.deps
  deps = { ...world.deps, database: { ...database, db: database.db.withPlugin(recorder) } }
})
afterAll(async () => {
  await world.close()
  await acquirer.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => void (asked = []))

/** An update that is due, of a keypad that is not there: the watch moves it and tells so. */
async function plantUpdate(): Promise<void> {
  const { db } = world.deps.database
  const { id: planner } = await db.selectFrom('staff_user').select('id').executeTakeFirstOrThrow()
  const now = deps.clock.now()
  const keypad = newId()
  await db
    .insertInto('keypad')
    .values({
      id: keypad,
      device_key: 'TK-0099',
      cable: 'usb',
      state: 'registered',
      online: 0,
      network: '{}',
      first_seen_at: now,
      last_seen_at: now,
      updated_at: now,
      version: 1,
    })
    .execute()
  await db
    .insertInto('keypad_update')
    .values({
      id: newId(),
      keypad_id: keypad,
      target: 'V1.03.001',
      next_at: now,
      window_minutes: 60,
      note: '',
      state: 'planned',
      moves: 0,
      planned_at: now,
      planned_by: planner,
      updated_at: now,
      version: 1,
    })
    .execute()
}

/** What SQLite would do for each statement that was asked, a line a step. */
function plans(): { sql: string; detail: string }[] {
  const executor = world.deps.database.db.getExecutor()
  const file = new DatabaseFile(join(folder, 'desk.db'), { readonly: true })
  try {
    return asked.flatMap(({ node, queryId }) => {
      const { sql, parameters } = executor.compileQuery(node, queryId)
      return file
        .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
        .all(parameters.map(() => null))
        .map(({ detail }) => ({ sql, detail }))
    })
  } finally {
    file.close()
  }
}

/** Reads of a big table from end to end, or by an index that only sorts them. */
function wholeReads(): string[] {
  const whole = new RegExp(`^SCAN (${BIG})\\b(?! USING (COVERING )?INDEX (${OF_OPEN})\\b)`)
  return plans()
    .filter(({ detail }) => whole.test(detail))
    .map(({ sql, detail }) => `${detail}: ${sql}`)
}

it('looks for open payments without reading all payments', async () => {
  await reconcile(deps, { atStart: false })
  await unknownTurns({ deps }, 'sim-key')
  expect(asked.length).toBeGreaterThan(3)
  expect(wholeReads()).toEqual([])
})

it('looks for due contracts and turns to be tried again without reading all', async () => {
  const { db } = deps.database
  await readDue(db, { date: '2026-12-01', after: { generateOn: '', id: '' }, limit: 8 })
  await readOpenTurns(db, { date: '2026-12-01', after: '', limit: 8 })
  await countOpenTurns(db, '2026-12-01')
  expect(asked.length).toBe(3)
  expect(wholeReads()).toEqual([])
})

it('looks at the open update plans of keypads without reading all that ever were', async () => {
  await plantUpdate()
  await watchUpdates(deps)
  const { db } = world.deps.database
  const plan = await db.selectFrom('keypad_update').select('state').executeTakeFirstOrThrow()
  expect(plan.state).toBe('deferred')
  expect(asked.length).toBeGreaterThan(3)
  expect(wholeReads()).toEqual([])
})

it('sees a table that is read whole', async () => {
  await deps.database.db.selectFrom('payment').selectAll().where('status', '=', 'authorized').execute()
  expect(wholeReads()).toHaveLength(1)
})

it('reads due contracts in the order of their index, without sorting', async () => {
  const { db } = deps.database
  await readDue(db, { date: '2026-12-01', after: { generateOn: '', id: '' }, limit: 8 })
  expect(plans().map(({ detail }) => detail)).toEqual([
    expect.stringContaining('subscription_due (status=? AND'),
  ])
})
