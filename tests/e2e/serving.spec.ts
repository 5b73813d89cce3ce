import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator } from '../support/operator'
import { postgresPlace, type DatabasePlace } from '../support/postgres-place'
import { axeFaults, picture, resize, settled } from '../support/screen-faults'

const server = process.env['UKETSUKE_TEST_PG_URL']

test.describe('two desks on one PostgreSQL', () => {
  test.skip(server === undefined, 'SKIPPED: UKETSUKE_TEST_PG_URL is not set')
  let place: DatabasePlace
  let one: DeskUnderTest
  let two: DeskUnderTest

  test.beforeAll(async () => {
    place = await postgresPlace(server ?? '')
    if (place.config.kind !== 'postgres') throw new Error('no server')
    const { url } = place.config
    one = await openDesk({ shared: { url, seatName: '1番席' } })
    await signIn(one.page)
    two = await openDesk({ shared: { url, seatName: '2番席' } })
    await signIn(two.page)
  })
  test.afterAll(async () => {
    await Promise.all([one.close(), two.close()])
    await place.drop()
  })

  const notes = (desk: DeskUnderTest) => desk.page.getByTestId('served-elsewhere')

  test('who opens a customer that another seat serves is told so, and can go on', async () => {
    await operator(one.page).newOrderFor('サトウ カズコ')
    await expect(notes(one)).toHaveCount(0)
    const at = operator(two.page)
    await at.newOrderFor('サトウ カズコ')
    await expect(notes(two)).toHaveText(/練習 花子さん\(1番席\)が \d\d:\d\d から注文登録で対応中です。/)
    await at.addProduct('A101', 2)
    await expect(two.page.getByText(/下書き保存済み/)).toBeVisible()
    expect(await axeFaults(two.page)).toEqual([])
    await resize(two, 1366, 768)
    await settled(two.page)
    await picture(two.page, 'served-elsewhere-1366')
  })

  test('the first seat learns of the second with its next beat', async () => {
    await expect(notes(one)).toHaveText(/2番席/, { timeout: 30_000 })
  })

  test('who leaves the customer serves nobody any more', async () => {
    await one.page
      .locator('[data-testid=order-tab][data-current]')
      .getByRole('button', { name: /を閉じる$/ })
      .click()
    await one.page.keyboard.press('Enter')
    await one.page.getByRole('heading', { name: 'ホーム' }).waitFor()
    await expect(notes(two)).toHaveCount(0, { timeout: 30_000 })
  })
  test('two seats change a customer: what both changed stands side by side, and nothing is overwritten unasked', async () => {
    const open = async ({ page }: DeskUnderTest) => {
      await page.evaluate(() => {
        window.location.hash = '/customers'
      })
      await page.getByRole('row').nth(1).click()
      await page.getByRole('heading', { name: / 様$/ }).waitFor()
    }
    const field = ({ page }: DeskUnderTest, name: string) => page.getByRole('textbox', { name, exact: true })
    const save = ({ page }: DeskUnderTest) => page.getByRole('button', { name: '変更を保存' }).click()
    await open(one)
    await open(two)
    await expect(notes(two)).toHaveText(/練習 花子さん\(1番席\)が \d\d:\d\d から顧客詳細で対応中です。/)
    await field(one, '建物名・部屋番号').fill('一番ビル')
    await field(one, 'メモ').fill('一番席のメモ')
    await field(two, '建物名・部屋番号').fill('二番ビル')
    await field(two, '市区町村').fill('横浜市西区')
    await save(one)
    await one.page.getByText('顧客情報を保存しました。').first().waitFor()
    await save(two)
    const rows = two.page.getByTestId('conflict-row')
    await expect(rows).toHaveCount(1)
    await expect(rows).toContainText('二番ビル')
    await expect(rows).toContainText('一番ビル')
    await expect(field(two, 'メモ')).toHaveValue('一番席のメモ')
    expect(await axeFaults(two.page)).toEqual([])
    await resize(two, 1366, 768)
    await settled(two.page)
    await picture(two.page, 'customer-both-1366')
    await rows.getByRole('radio', { name: /一番ビル/ }).check()
    await expect(field(two, '建物名・部屋番号')).toHaveValue('一番ビル')
    await save(two)
    await two.page.getByText('顧客情報を保存しました。').first().waitFor()
    await two.page.reload()
    await expect(field(two, '市区町村')).toHaveValue('横浜市西区')
    await expect(field(two, '建物名・部屋番号')).toHaveValue('一番ビル')
  })
})
