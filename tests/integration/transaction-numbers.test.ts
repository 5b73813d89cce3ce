import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { nextTransactionNumber } from '../../src/main/checkout/numbers'
import { openDatabase, type DeskDatabase } from '../../src/main/db/open-database'
import { systemClock } from '../../src/main/platform/clock'
import { forEachDatabase, type DatabasePlace } from '../support/databases'

forEachDatabase('transaction numbers', (place) => {
  let home: DatabasePlace
  const open: DeskDatabase[] = []
  const seat = async () => {
    const database = await openDatabase(home.config, { clock: systemClock })
    open.push(database)
    return database.db
  }
  afterEach(async () => {
    await pause(20)
    await Promise.all(open.splice(0).map((database) => database.close()))
    await home.drop()
  })

  it('never repeat, for two seats that take many at once and one after the other', async () => {
    home = await place()
    const seats = [await seat(), await seat()]
    const taken: string[] = []
    for (let round = 0; round < 6; round++) {
      const many = seats.flatMap((db) => Array.from({ length: 60 }, () => nextTransactionNumber(db)))
      taken.push(...(await Promise.all(many)))
      for (const db of seats) taken.push(await nextTransactionNumber(db))
    }
    expect(new Set(taken).size).toBe(6 * 122)
    expect(taken.filter((number) => !/^[0-9a-z]{6}$/.test(number))).toEqual([])
  })
})
