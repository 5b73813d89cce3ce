import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MergeField, type MergeChoice } from '../../src/contract/customer-merge'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { dump, giveThings, mergeDesk, type MergeDesk } from '../support/merge-world'
import { openSeeded, type SampleAdmin } from '../support/seeded'

const NOW = Date.UTC(2026, 10, 23, 1)
const RUNS = 25

const choice = fc.constantFrom<MergeChoice>('kept', 'merged', 'both')
const plan = fc.record({
  who: fc.uniqueArray(fc.nat(59), { minLength: 3, maxLength: 3 }),
  choices: fc.array(choice, { minLength: MergeField.options.length, maxLength: MergeField.options.length }),
  things: fc.array(fc.record({ to: fc.nat(2), tag: fc.nat(3), phone: fc.nat(3) }), { maxLength: 4 }),
  notes: fc.tuple(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 })),
  /** A third customer merged into the kept one first, or the kept one into the third afterwards. */
  more: fc.constantFrom('none', 'before', 'after'),
})

forEachDatabase('a merge that is taken back', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let admin: SampleAdmin
  let desk: MergeDesk
  let ids: string[]
  const clock = manualClock(NOW)
  beforeAll(async () => {
    place = await openPlace()
    ;({ database, admin } = await openSeeded(place.config, clock))
    desk = mergeDesk(database, admin, clock)
    const rows = await database.db
      .selectFrom('customer as c')
      .innerJoin('customer_list as l', 'l.number', 'c.number')
      .select('c.id')
      .orderBy('l.order_count', 'desc')
      .orderBy('c.number')
      .limit(60)
      .execute()
    ids = rows.map(({ id }) => id)
  })
  afterAll(async () => {
    await database.close()
    await place.drop()
  })

  const ordersOf = async () => {
    const rows = await database.db.selectFrom('sales_order').select(['id', 'customer_id']).execute()
    return new Map(rows.map((row) => [row.id, row.customer_id]))
  }

  async function mergeBy(choices: readonly MergeChoice[], keptId: string, mergedId: string) {
    const seen = await desk.merging.preview({ keptId, mergedId })
    const chosen = { ...seen.choices }
    for (const [at, field] of MergeField.options.entries()) chosen[field] = choices[at] ?? 'kept'
    clock.advance(1)
    const { mergeId } = await desk.merging.merge({
      keptId,
      mergedId,
      keptVersion: seen.kept.version,
      mergedVersion: seen.merged.version,
      choices: chosen,
    })
    return mergeId
  }

  it('is the identity on all rows, and no order is ever lost', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ who, choices, things, notes, more }) => {
        const [kept = '', merged = '', third = ''] = who.map((at) => ids[at] ?? '')
        for (const { to, tag, phone } of things) {
          await giveThings(database, {
            customerId: [kept, merged, third][to] ?? kept,
            userId: admin.id,
            tag: `タグ${tag}`,
            phone: `031111000${phone}`,
            at: NOW,
          })
        }
        for (const [at, note] of notes.entries()) {
          await database.db
            .updateTable('customer')
            .set({ note: note.replaceAll('\u0000', '') || null })
            .where('id', '=', [kept, merged][at] ?? '')
            .execute()
        }
        const before = await dump(database)
        const orders = await ordersOf()
        const done: string[] = []
        if (more === 'before') done.push(await mergeBy(choices, kept, third))
        done.push(await mergeBy(choices, kept, merged))
        if (more === 'after') done.push(await mergeBy(choices, third, kept))
        const moved = await ordersOf()
        expect([...moved.keys()].toSorted()).toEqual([...orders.keys()].toSorted())
        const last = more === 'after' ? third : kept
        for (const [id, owner] of orders) {
          const isTheirs = owner === kept || owner === merged || (more !== 'none' && owner === third)
          expect(moved.get(id)).toBe(isTheirs ? last : owner)
        }
        for (const mergeId of done.toReversed()) await desk.merging.undo({ mergeId })
        expect(await dump(database)).toEqual(before)
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
  }, 120_000)
})
