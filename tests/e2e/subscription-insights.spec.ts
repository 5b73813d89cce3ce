import { expect, test } from '@playwright/test'
import { connect } from '../../src/main/db/open-database'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { postgresPlace, type DatabasePlace } from '../support/postgres-place'
import { expectFaultless } from '../support/screen-faults'
import { fillShop } from '../support/shop-of-contracts'
import { owners } from '../support/subscription-rows'

const server = process.env['UKETSUKE_TEST_PG_URL']
const today = new Date(Date.now() + 9 * 60 * 60_000).toISOString().slice(0, 10)

test.describe.configure({ mode: 'serial', timeout: 120_000 })

test.describe('定期の見通しと指標', () => {
  test.skip(server === undefined, 'SKIPPED: UKETSUKE_TEST_PG_URL is not set')
  let place: DatabasePlace
  let desk: DeskUnderTest
  let began: readonly number[]
  test.beforeAll(async () => {
    test.setTimeout(180_000)
    place = await postgresPlace(server ?? '')
    if (place.config.kind !== 'postgres') throw new Error('no server')
    desk = await openDesk({ shared: { url: place.config.url, seatName: '1番席' } })
    await desk.page.getByLabel('メールアドレス').waitFor()
    const database = await connect(place.config)
    await database.db.deleteFrom('subscription').execute()
    const admin = await database.db
      .selectFrom('staff_user')
      .innerJoin('shop', 'shop.id', 'staff_user.shop_id')
      .select(['staff_user.id', 'staff_user.name', 'shop.id as shopId', 'shop.name as shopName'])
      .where('role', '=', 'admin')
      .executeTakeFirstOrThrow()
    const customers = await database.db.selectFrom('customer').select('id').limit(60).execute()
    const owner = await owners(database, {
      id: admin.id,
      name: admin.name,
      shop: { id: admin.shopId, name: admin.shopName },
    })
    began = await fillShop(database, { ...owner, customerIds: customers.map(({ id }) => id) }, today)
    // One product is short before the 90 days are over, one is not.
    await database.db.updateTable('product').set({ stock: 100 }).where('code', '=', 'A101').execute()
    await database.db.updateTable('product').set({ stock: 9000 }).where('code', '=', 'A102').execute()
    await database.close()
    await signIn(desk.page)
  })
  test.afterAll(async () => {
    await desk.close()
    await place.drop()
  })

  const faultless = (name: string) => expectFaultless(desk, name)
  const sum = () => began.reduce((all, count) => all + count, 0)

  test('指標: every figure stands with its formula and the numbers that it is made of', async () => {
    const { page } = desk
    await page.keyboard.press('F4')
    await page.getByRole('link', { name: '指標', exact: true }).click()
    await expect(page.getByText(/ 現在$/)).toBeVisible()
    const tile = (name: RegExp) => page.getByRole('region', { name })
    await expect(tile(/^新規/)).toContainText(`${began.at(-1)}件`)
    await expect(tile(/^有効な定期/)).toContainText('今日「有効」の定期の件数')
    await expect(tile(/^解約率/)).toContainText('その月の解約 ÷ 月初の継続')
    await expect(tile(/^解約率/)).toContainText(/\d+ ÷ \d+/)
    await expect(tile(/^平均継続回数/)).toContainText(/\d+\.\d回/)
    await expect(tile(/^LTV/)).toContainText('(売上確定 − 返金) ÷ カード払いの定期')
    await expect(page.getByRole('table', { name: '月ごとの推移' }).getByRole('row')).toHaveCount(14)
    await faultless('subscription-kpis')
  })

  test('指標: the churn of a month is what its row says; the reasons add up to its cancellations', async () => {
    const { page } = desk
    const row = page.getByRole('table', { name: '月ごとの推移' }).getByRole('row').nth(2)
    const [atStart = '', , cancelled = '', , , churn] = await row.getByRole('cell').allInnerTexts()
    expect(churn).toBe(`${((Number(cancelled) / Number(atStart)) * 100).toFixed(1)}%`)
    const month = (await row.getByRole('rowheader').innerText()).trim()
    await page.getByRole('combobox', { name: '指標の月' }).click()
    await page.getByRole('option', { name: month, exact: true }).click()
    await expect(page.getByRole('region', { name: `解約(${month})` })).toContainText(`${cancelled}件`)
    const reasons = await page
      .getByRole('region', { name: /^解約の理由/ })
      .getByRole('listitem')
      .allInnerTexts()
    const counted = reasons.map((text) => Number(/(\d+)件/.exec(text)?.[1] ?? 0))
    expect(counted.reduce((all, count) => all + count, 0)).toBe(Number(cancelled))
    await faultless('subscription-kpis-month')
  })

  test('お届け予定: parcels by day, what leaves on the chosen one, and what 90 days need', async () => {
    const { page } = desk
    await page.getByRole('link', { name: 'お届け予定', exact: true }).click()
    await expect(page.getByRole('table', { name: '90日の出荷予測' }).getByRole('row').nth(1)).toBeVisible()
    // A whole month lies ahead.
    await page.getByRole('button', { name: '次の月' }).click()
    const day = page.locator('button[data-date][aria-pressed=true]')
    await expect(day).toContainText(/出荷 [1-9]/)
    await expect(page.getByTestId('day-parcels')).toHaveText(/^出荷 [1-9]/)
    const needs = page.getByRole('table', { name: '90日の出荷予測' })
    await expect(needs.getByRole('row', { name: /A101/ })).toContainText(/\d+\/\d+\(.\) に不足/)
    await expect(needs.getByRole('row', { name: /A102/ })).toContainText('足りる')
    await faultless('subscription-calendar')
    const before = await day.getAttribute('data-date')
    await day.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(day).not.toHaveAttribute('data-date', before ?? '')
    await expect(page).toHaveURL(/day=\d{4}-\d\d-\d\d/)
  })

  test('お届け予定: goods of a day are the goods of its parcels', async () => {
    const { page } = desk
    const needs = page.getByRole('table', { name: '90日の出荷予測' })
    const rows = await needs.getByRole('row').all()
    for (const row of rows.slice(1)) {
      const [, in30 = '', in60 = '', in90 = ''] = await row.getByRole('cell').allInnerTexts()
      const [a, b, c] = [in30, in60, in90].map((text) => Number(text.replaceAll(',', '')))
      expect(a).toBeGreaterThan(0)
      expect(b).toBeGreaterThanOrEqual(a ?? 0)
      expect(c).toBeGreaterThanOrEqual(b ?? 0)
    }
  })

  test('継続率: a curve and a table of the same figures; a row shows its own curve', async () => {
    const { page } = desk
    await page.getByRole('link', { name: '継続率', exact: true }).click()
    const table = page.getByRole('table', { name: '開始月ごとの継続率' })
    await expect(table.getByRole('row')).toHaveCount(14)
    await page.getByText('件数', { exact: true }).click()
    let started = 0
    for (const row of (await table.getByRole('row').all()).slice(1)) {
      const cells = (await row.getByRole('cell').allInnerTexts()).filter((text) => text !== '').map(Number)
      started += cells[0] ?? 0
      // Nobody comes back: the numbers never rise.
      expect(cells.toSorted((one, other) => other - one)).toEqual(cells)
    }
    expect(started).toBe(sum())
    await page.getByText('率', { exact: true }).click()
    await table.getByRole('button').nth(2).focus()
    await page.keyboard.press('Enter')
    await expect(page.locator('svg circle')).not.toHaveCount(0)
    await expect(page.getByRole('img', { name: /折れ線グラフ/ })).toBeVisible()
    await faultless('subscription-retention')
  })

  test('an empty shop says so on each page', async () => {
    const database = await connect(place.config)
    await database.db.deleteFrom('subscription_item').execute()
    await database.db.deleteFrom('subscription').execute()
    await database.close()
    const { page } = desk
    await page.getByRole('link', { name: 'お届け予定', exact: true }).click()
    await page.getByRole('link', { name: '継続率', exact: true }).click()
    await expect(page.getByText('この期間に始まった定期はありません。')).toBeVisible()
    await page.getByRole('link', { name: 'お届け予定', exact: true }).click()
    await expect(page.getByText('この期間に出荷する定期はありません。')).toBeVisible()
    await faultless('subscription-calendar-empty')
  })
})
