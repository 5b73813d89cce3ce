import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  bulkDetail,
  cancelBulk,
  previewBulk,
  undoBulk,
} from '../../src/main/features/subscription-bulk/subscription-bulk.service'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { bulkWorld, wishOf, withoutContracts } from '../support/bulk-world'
import { childUntilDeath } from '../support/child-until-death'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { randomFrom } from '../support/random'
import { openSeeded, type SampleAdmin } from '../support/seeded'
import {
  contractRow,
  insertContracts,
  insertItems,
  insertMany,
  openEveryDay,
  owners,
} from '../support/subscription-rows'

const NOW = Date.UTC(2026, 10, 24, 1)
const CONTRACTS = 400
const KILLS_EACH_WAY = 4

forEachDatabase('a 一括変更 that is killed or stopped', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let bulkId: string
  const clock = manualClock(NOW)
  const world = () => bulkWorld({ database, place, admin, clock, folder: '.' })

  beforeEach(async () => {
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    await openEveryDay(database)
    await withoutContracts(database)
    await plant()
    const { deps, session, frame, halted } = world()
    const [from, by] = (await owners(database, admin)).products
    const change = {
      kind: 'replace' as const,
      productId: from?.id ?? '',
      byProductId: by?.id ?? '',
      perOne: 1,
      price: 2500,
    }
    ;({ id: bulkId } = await previewBulk(deps, session, wishOf(change, { fromDate: '2027-01-05' })))
    expect(await halted(bulkId)).toBe('done')
    await frame.close()
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  /** Contracts that deliver every month; every fifth has goods of its own for its third turn. */
  async function plant(): Promise<void> {
    const owner = await owners(database, admin)
    const productId = owner.products[0]?.id ?? ''
    const rows = Array.from({ length: CONTRACTS }, (_, at) =>
      contractRow(owner, {
        number: 900_001 + at,
        rule: JSON.stringify({ kind: 'months', every: 1, day: 10 }),
        anchor: '2026-12-10',
        payment_method: 'cod',
      }),
    )
    await insertContracts(database, rows)
    const item = { set_no: 0, position: 0, product_id: productId, quantity: 1, unit_price: 3000 }
    await insertItems(
      database,
      rows.map(({ id }) => ({ ...item, subscription_id: id })),
    )
    const own = JSON.stringify([{ productId, quantity: 2, unitPrice: 2900 }])
    await insertMany(
      database,
      'subscription_turn_change',
      rows
        .filter((_row, at) => at % 5 === 0)
        .map(({ id }) => ({
          subscription_id: id,
          rule_index: 2,
          kind: 'items' as const,
          move_to: null,
          items: own,
          by_person: admin.id,
          at: NOW,
        })),
    )
  }

  /** What the contracts deliver, and when something else. */
  async function goods() {
    const { db } = database
    const [items, changes] = await Promise.all([
      db
        .selectFrom('subscription_item')
        .selectAll()
        .orderBy('subscription_id')
        .orderBy('set_no')
        .orderBy('position')
        .execute(),
      db
        .selectFrom('subscription_turn_change')
        .select(['subscription_id', 'rule_index', 'kind', 'items'])
        .orderBy('subscription_id')
        .orderBy('rule_index')
        .execute(),
    ])
    return { items, changes }
  }
  const versions = async () =>
    (await database.db.selectFrom('subscription').select('version').execute()).map(({ version }) =>
      Number(version),
    )
  /** How many contracts have this many entries of a kind in their history. */
  async function entries(kind: string) {
    const rows = await database.db
      .selectFrom('subscription_event')
      .select((eb) => ['subscription_id', eb.fn.countAll<number>().as('count')])
      .where('kind', '=', kind)
      .groupBy('subscription_id')
      .execute()
    return { contracts: rows.length, most: Math.max(...rows.map(({ count }) => Number(count))) }
  }
  /** Works on desks that are killed one after the other, until one comes to its end; the answer is how many died. */
  async function throughKills(way: 'apply' | 'undo', seed: number): Promise<number> {
    const random = randomFrom(seed)
    for (let died = 0; ;) {
      const killAtBatch = died < KILLS_EACH_WAY ? 1 + random.int(4) : 0
      const task = { config: place.config, admin, now: NOW, bulkId, way, killAtBatch }
      const said = await childUntilDeath('bulk-child.ts', { ...task, killAfterMs: random.int(8) })
      if (said === null) died++
      else {
        expect(said).toBe('done')
        return died
      }
    }
  }

  it('changes every contract once and tells it once; taken back through kills, all is as it was', async () => {
    const before = await goods()
    expect(await throughKills('apply', 11)).toBe(KILLS_EACH_WAY)
    expect(new Set(await versions())).toEqual(new Set([2]))
    expect(await entries('bulk-replace')).toEqual({ contracts: CONTRACTS, most: 1 })
    const { deps, frame } = world()
    expect((await bulkDetail(deps, bulkId)).counts).toMatchObject({
      applied: CONTRACTS,
      ready: 0,
      skipped: 0,
    })
    const changed = await goods()
    const gone = before.items[0]?.product_id ?? ''
    expect(changed.items.some(({ product_id: id }) => id === gone)).toBe(false)
    // The turn before the day keeps the old product; the one that has its own goods gets the new one, too.
    expect(changed.changes.filter(({ rule_index: index }) => index === 0)).toHaveLength(CONTRACTS)
    const own = changed.changes.filter(({ rule_index: index }) => index === 2)
    expect(own).toHaveLength(CONTRACTS / 5)
    expect(own.every(({ items }) => items !== null && !items.includes(gone))).toBe(true)
    expect(await throughKills('undo', 12)).toBe(KILLS_EACH_WAY)
    expect(await goods()).toEqual(before)
    expect(new Set(await versions())).toEqual(new Set([3]))
    expect(await entries('bulk-undone')).toEqual({ contracts: CONTRACTS, most: 1 })
    expect(await bulkDetail(deps, bulkId)).toMatchObject({ state: 'undone', counts: { undone: CONTRACTS } })
    await frame.close()
  })

  it('is stopped on its way back, stands as changed, and goes on with the rest', async () => {
    const before = await goods()
    await childUntilDeath('bulk-child.ts', {
      config: place.config,
      admin,
      now: NOW,
      bulkId,
      way: 'apply',
      killAtBatch: 0,
      killAfterMs: 0,
    })
    let sent = 0
    const watched: DeskDatabase = {
      ...database,
      async batch(statements) {
        const results = await database.batch(statements)
        if (++sent === 4) await cancelBulk(deps, bulkId)
        return results
      },
    }
    const desk = bulkWorld({ database: watched, place, admin, clock, folder: '.' })
    const { deps, session, frame, halted } = desk
    await undoBulk(deps, session, bulkId)
    expect(await halted(bulkId)).toBe('cancelled')
    const stopped = await bulkDetail(deps, bulkId)
    expect(stopped.state).toBe('done')
    expect(stopped.counts.applied).toBeGreaterThan(0)
    expect(stopped.counts.undone).toBeGreaterThan(0)
    expect(stopped.counts.applied + stopped.counts.undone).toBe(CONTRACTS)
    await undoBulk(deps, session, bulkId)
    expect(await halted(bulkId)).toBe('done')
    expect(await bulkDetail(deps, bulkId)).toMatchObject({ state: 'undone', counts: { undone: CONTRACTS } })
    expect(await goods()).toEqual(before)
    expect(await entries('bulk-undone')).toEqual({ contracts: CONTRACTS, most: 1 })
    await frame.close()
  })
})
