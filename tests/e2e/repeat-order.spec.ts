import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { repeatOrder } from '../support/repeat-order'

/** What an operator may press besides the data that the caller gives. */
const MOST_KEYS = 25

let desk: DeskUnderTest
test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
})
test.afterAll(() => desk.close())

interface LastOrder {
  readonly phone: string
  /** Yen, shipping and fee left out: a card pays the repeat. */
  readonly total: number
  readonly number: number
}

const ordersOf = (phone?: string): LastOrder[] => {
  const file = new DatabaseFile(join(desk.folder, 'desk', 'training.db'), { readonly: true })
  const rows = file
    .prepare<unknown[], LastOrder>(
      `select c.phone, o.total - o.fee as total, o.number from sales_order o join customer c on c.id = o.customer_id
       where o.status <> 'cancelled' and (@phone is null or c.phone = @phone)
         and not exists (select 1 from order_line l join product p on p.id = l.product_id where l.order_id = o.id and p.active = 0)
       order by o.ordered_at desc`,
    )
    .all({ phone: phone ?? null })
  file.close()
  return rows
}

test(`a repeat order by phone takes at most ${MOST_KEYS} keys besides the typed number, and no mouse`, async () => {
  const [last] = ordersOf()
  if (!last) throw new Error('no order to repeat')
  const caller = {
    phone: last.phone,
    pan: '3566002020360505',
    last3: '505',
    total: `¥${last.total.toLocaleString('ja-JP')}`,
  }
  const { keys, orderNumber } = await repeatOrder(desk.page, desk.keypad, caller)
  expect(keys.length, keys.join(' ')).toBeLessThanOrEqual(MOST_KEYS)
  expect(keys.slice(0, 5)).toEqual(['F2', 'Enter', 'Enter', 'F8', 'F12'])
  const [made] = ordersOf(last.phone)
  expect(String(made?.number)).toBe(orderNumber.replaceAll(/\D/g, ''))
  expect(made?.number).toBeGreaterThan(last.number)
})
