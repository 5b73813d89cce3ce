import { afterEach, beforeEach, expect, it } from 'vitest'
import { openKsnMemory } from '../../src/main/composition/ksn-memory'
import { openDatabase, type DeskDatabase } from '../../src/main/db/open-database'
import { CounterUsed, KeypadFrameReceiver, type KeypadReading } from '../../src/main/domain/keypad-frame'
import { manualClock } from '../../src/main/platform/clock'
import { keyedBytes } from '../support/acquirer'
import { forEachDatabase, type DatabasePlace } from '../support/databases'

forEachDatabase('KSN counters that several seats share', (openPlace) => {
  const clock = manualClock(1_800_000_000_000)
  let place: DatabasePlace
  let database: DeskDatabase
  beforeEach(async () => {
    place = await openPlace()
    database = await openDatabase(place.config, { clock })
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  it('move forward only, whichever seat asks, and are there after a restart', async () => {
    const one = await openKsnMemory(database.db, clock)
    const two = await openKsnMemory(database.db, clock)
    await one.remember('SET', 5)
    await expect(two.remember('SET', 5)).rejects.toBeInstanceOf(CounterUsed)
    await expect(two.remember('SET', 4)).rejects.toBeInstanceOf(CounterUsed)
    await two.remember('SET', 6)
    await two.remember('OTHER', 1)
    const again = await openKsnMemory(database.db, clock)
    expect([again.lastCounter('SET'), again.lastCounter('OTHER'), again.lastCounter('NEW')]).toEqual([
      6,
      1,
      null,
    ])
  })

  it('refuse a frame at the second seat that the first one took, both asking at once', async () => {
    const seat = async () => {
      const memory = await openKsnMemory(database.db, clock)
      const readings: KeypadReading[] = []
      const receiver = new KeypadFrameReceiver({
        clock,
        memory,
        onReading: (reading) => readings.push(reading),
      })
      return { receiver, readings }
    }
    const [one, two] = [await seat(), await seat()]
    for (const { receiver } of [one, two]) receiver.push(keyedBytes({ counter: 9 }))
    await Promise.all([one.receiver.settled(), two.receiver.settled()])
    const kinds = [...one.readings, ...two.readings].map(async (reading) =>
      reading.kind === 'refused' ? reading.reason : ((await reading.lateRefusal) ?? reading.kind),
    )
    expect((await Promise.all(kinds)).toSorted()).toEqual(['frame', 'replay'])
  })
})
