import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase, type DeskDatabase } from '../../src/main/db/open-database'
import { notOfHiddenImport, visibleCustomer } from '../../src/main/db/visible-customers'
import { manualClock } from '../../src/main/platform/clock'
import { newId } from '../../src/main/platform/ids'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { addImport, addPerson, addStaff } from '../support/customer-rows'

const clock = manualClock(Date.UTC(2026, 10, 23))

forEachDatabase('customers that may be seen', (openPlace) => {
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

  const seen = async (condition = visibleCustomer()) =>
    (
      await database.db.selectFrom('customer').select('number').where(condition).orderBy('number').execute()
    ).map(({ number }) => number)

  it('are those in use that no hidden import has brought; one row switches all of an import', async () => {
    const staff = await addStaff(database)
    const [hidden, shown] = [newId(), newId()]
    await addImport(database, { id: hidden, hidden: 1, staff })
    await addImport(database, { id: shown, hidden: 0, staff })
    await addPerson(database, { number: 1 })
    await addPerson(database, { number: 2, import_id: shown })
    await addPerson(database, { number: 3, import_id: hidden })
    await addPerson(database, { number: 4, import_id: hidden })
    await addPerson(database, { number: 5, status: 'anonymised' })
    expect(await seen()).toEqual([1, 2])
    expect(await seen(notOfHiddenImport())).toEqual([1, 2, 5])
    await database.db.updateTable('customer_import').set({ hidden: 0 }).where('id', '=', hidden).execute()
    expect(await seen()).toEqual([1, 2, 3, 4])
  })

  it('can be asked for under another name of the table', async () => {
    await addPerson(database, { number: 7 })
    const rows = await database.db
      .selectFrom('customer as c')
      .select('c.number')
      .where(visibleCustomer('c'))
      .execute()
    expect(rows).toEqual([{ number: 7 }])
  })
})
