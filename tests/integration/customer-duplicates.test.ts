import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase, type DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { addPerson, addStaff } from '../support/customer-rows'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { mergeDesk, type MergeDesk } from '../support/merge-world'

const NOW = Date.UTC(2026, 10, 23)
const clock = manualClock(NOW)

forEachDatabase('duplicate customers', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  let desk: MergeDesk
  beforeEach(async () => {
    place = await openPlace()
    database = await openDatabase(place.config, { clock })
    const id = await addStaff(database)
    desk = mergeDesk(database, { id, name: '受付 花子', shop: { id: '', name: '' } }, clock)
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  const person = (number: number, more: Partial<Parameters<typeof addPerson>[1]> = {}) =>
    addPerson(database, {
      number,
      family_kana: `カナ${number}`,
      family_name: `名${number}`,
      postal_code: String(1_000_000 + number),
      ...more,
    })
  const otherPhone = (customerId: string, digits: string) =>
    database.db
      .insertInto('customer_other_phone')
      .values({
        customer_id: customerId,
        position: 0,
        digits,
        last4: digits.slice(-4),
        typed: digits,
        label: '',
      })
      .execute()
  async function allPairs(by: 'phone' | 'email' | 'kana', limit = 2): Promise<string[]> {
    const found: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<MergeDesk['merging']['pairs']>> = await desk.merging.pairs({
        by,
        cursor,
        limit,
      })
      found.push(...page.items.map(({ older, newer }) => `${older.number}-${newer.number}`))
      cursor = page.next
    } while (cursor !== null)
    return found
  }

  it('of one customer: by any phone, e-mail, or kana with postal code, the likeliest first', async () => {
    const self = await person(1, { phone: '0311111111', email: 'a@example.jp' })
    const same = { family_kana: 'カナ1', postal_code: '1000001', family_name: '名1' }
    await person(2, { ...same, phone: '0311111111', email: 'a@example.jp' })
    await person(3, { email: 'a@example.jp' })
    const further = await person(4)
    await otherPhone(further, '0311111111')
    await person(5, same)
    await person(6, { family_kana: 'カナ1' })
    await person(7, { phone: '0311111111', status: 'anonymised' })
    const found = await desk.merging.candidates({ customerId: self })
    expect(found.map(({ customer, level }) => [customer.number, level])).toEqual([
      [2, 'high'],
      [5, 'middle'],
      [3, 'low'],
      [4, 'low'],
    ])
    expect(found[0]?.reasons).toEqual(['phone', 'email', 'address', 'kana', 'name'])
    await expect(desk.merging.candidates({ customerId: further })).resolves.toHaveLength(2)
  })

  it('of all: each pair once by what it has in common, in pages, without those called 別人', async () => {
    const one = await person(1, { phone: '0311111111' })
    const two = await person(2, { phone: '0311111111' })
    await person(3, { phone: '0311111111' })
    for (const id of [one, two]) await otherPhone(id, '0399999999')
    await person(4, { email: 'x@example.jp' })
    await person(5, { email: 'x@example.jp' })
    await person(6, { family_kana: 'サトウ', postal_code: '5300001' })
    await person(7, { family_kana: 'サトウ', postal_code: '5300001' })
    expect(await allPairs('phone')).toEqual(['1-2', '1-3', '2-3'])
    expect(await allPairs('email')).toEqual(['4-5'])
    expect(await allPairs('kana')).toEqual(['6-7'])
    await desk.merging.setDistinct({ oneId: two, otherId: one, distinct: true })
    await desk.merging.setDistinct({ oneId: two, otherId: one, distinct: true })
    expect(await allPairs('phone')).toEqual(['1-3', '2-3'])
    expect(
      (await desk.merging.candidates({ customerId: one })).map(({ customer }) => customer.number),
    ).toEqual([3])
    await desk.merging.setDistinct({ oneId: one, otherId: two, distinct: false })
    expect(await allPairs('phone')).toEqual(['1-2', '1-3', '2-3'])
  })

  it('a number that more than twenty have tells nothing', async () => {
    const ids: string[] = []
    for (let number = 1; number <= 21; number++) ids.push(await person(number, { phone: '0120000000' }))
    expect(await allPairs('phone', 100)).toEqual([])
    expect(await desk.merging.candidates({ customerId: ids[0] ?? '' })).toEqual([])
    const twin = { email: 'twin@example.jp', phone: '0120000000' }
    await person(30, twin)
    await person(31, twin)
    expect((await desk.merging.pairs({ by: 'email' })).items[0]).toMatchObject({
      score: 40,
      reasons: ['email'],
    })
  })
})
