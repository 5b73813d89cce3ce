import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase, type DeskDatabase } from '../../src/main/db/open-database'
import { servingRouter } from '../../src/main/features/serving/serving.router'
import { letGo } from '../../src/main/features/serving/serving.service'
import { manualClock } from '../../src/main/platform/clock'
import { newId } from '../../src/main/platform/ids'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { openSeeded, sessionAs, type SampleAdmin } from '../support/seeded'

const NOW = Date.UTC(2026, 10, 23, 1)

forEachDatabase('who serves a customer', (openPlace) => {
  let place: DatabasePlace
  let admin: SampleAdmin
  const open: DeskDatabase[] = []
  const clock = manualClock(NOW)
  beforeEach(async () => {
    clock.set(NOW)
    place = await openPlace()
    const seeded = await openSeeded(place.config, clock)
    admin = seeded.admin
    open.push(seeded.database)
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((database) => database.close()))
    await place.drop()
  })

  /** A desk with a connection of its own. */
  async function desk(seat: string) {
    const database = await openDatabase(place.config, { clock })
    open.push(database)
    const deps = { database, clock, holder: newId() }
    const serving = createRouterClient(
      servingRouter(() => deps),
      { context: { seat: { name: seat, session: sessionAs(admin, 'staff'), lastTouchedAt: NOW } } },
    )
    return {
      deps,
      beat: (...ids: string[]) =>
        serving.beat({ customers: ids.map((id) => ({ id, place: 'order' as const })) }),
    }
  }
  const customers = async () =>
    (await open[0]?.db.selectFrom('customer').select('id').orderBy('number').limit(2).execute())?.map(
      ({ id }) => id,
    ) ?? []

  it('two desks see each other at the same customer, and nobody sees himself', async () => {
    const [one, two] = [await desk('一番'), await desk('二番')]
    const [a = '', b = ''] = await customers()
    expect(await one.beat(a)).toEqual([])
    clock.advance(5_000)
    expect(await two.beat(a, b)).toEqual([
      { customerId: a, operatorName: admin.name, seat: '一番', place: 'order', since: NOW },
    ])
    expect(await one.beat(a)).toMatchObject([{ customerId: a, seat: '二番', since: NOW + 5_000 }])
  })

  it('a lease expires by itself after a minute without a beat, and a beat keeps its beginning', async () => {
    const [one, two] = [await desk('一番'), await desk('一番')]
    const [a = ''] = await customers()
    await one.beat(a)
    clock.advance(40_000)
    await one.beat(a)
    clock.advance(59_999)
    expect(await two.beat(a)).toMatchObject([{ since: NOW }])
    clock.advance(1)
    expect(await two.beat(a)).toEqual([])
    expect(await one.beat(a)).toMatchObject([{ seat: '一番', since: NOW + 99_999 }])
    expect(await two.beat(a)).toMatchObject([{ since: NOW + 100_000 }])
  })

  it('what is no longer named is let go at once, and all of it when the desk closes', async () => {
    const [one, two] = [await desk('一番'), await desk('二番')]
    const [a = '', b = ''] = await customers()
    await one.beat(a, b)
    await one.beat(b)
    expect((await two.beat(a, b)).map(({ customerId }) => customerId)).toEqual([b])
    await letGo(one.deps)
    expect(await two.beat(a, b)).toEqual([])
  })

  it('a customer who does not exist is nobody, and the beat goes on', async () => {
    const [one, two] = [await desk('一番'), await desk('二番')]
    const [a = ''] = await customers()
    expect(await one.beat(newId(), a)).toEqual([])
    expect(await two.beat(a)).toHaveLength(1)
  })

  it('desks that beat at the very same time all hold their lease', async () => {
    const desks = await Promise.all(['一', '二', '三', '四'].map(desk))
    const [a = '', b = ''] = await customers()
    await Promise.all(desks.flatMap((one) => [one.beat(a, b), one.beat(b, a)]))
    for (const one of desks) expect(await one.beat(a, b)).toHaveLength(6)
  })
})
