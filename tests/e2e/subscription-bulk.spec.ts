import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { connect } from '../../src/main/db/open-database'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { manyContracts } from '../support/many-contracts'
import { expectFaultless, layoutFaults, picture, resize, settled } from '../support/screen-faults'
import { owners } from '../support/subscription-rows'

test.describe.configure({ mode: 'serial', timeout: 120_000 })

test.describe('定期の一括変更', () => {
  let desk: DeskUnderTest
  test.beforeAll(async () => {
    test.setTimeout(180_000)
    desk = await openDesk({ subscriptions: true })
    await signIn(desk.page)
  })
  test.afterAll(() => desk.close())

  const faultless = (name: string) => expectFaultless(desk, `subscription-bulk-${name}`)
  const state = () => desk.page.getByTestId('bulk-state')
  const countOf = async (key: string) =>
    Number((await desk.page.getByTestId(`count-${key}`).locator('dd').textContent())?.replace(/[,件]/g, ''))
  /** Chooses a product by its code, with keys alone. */
  const pick = async (label: string, code: string) => {
    await desk.page.getByRole('combobox', { name: label }).fill(code)
    await expect(desk.page.getByRole('option', { name: new RegExp(`^${code}`) })).toBeVisible()
    await desk.page.keyboard.press('Enter')
  }

  test('a price is revised by keys: what is missing is said, every contract is looked at first', async () => {
    const { page } = desk
    await page.keyboard.press('F4')
    await resize(desk, 1366, 768)
    await settled(page)
    expect(await layoutFaults(page)).toEqual([])
    await picture(page, 'subscription-bulk-way-1366')
    await page.getByRole('link', { name: '一括変更' }).click()
    await expect(page.getByText('まだ一括変更はありません。')).toBeVisible()
    await faultless('empty')
    await page.getByRole('link', { name: '新しい一括変更' }).click()
    await page.keyboard.press('F12')
    await expect(page.getByText('価格を変える商品を追加してください。')).toBeVisible()
    await pick('商品を追加', 'A101')
    await page.getByRole('textbox', { name: /の新しい単価$/ }).fill('3600')
    await page.getByRole('textbox', { name: '変更の理由' }).fill('原材料価格の上昇のため')
    await faultless('price')
    await page.keyboard.press('F12')
    await expect(state()).toHaveText('実行待ち')
    expect(await countOf('ready')).toBeGreaterThan(0)
    const row = page.getByRole('table', { name: '変更する定期' }).getByRole('row').nth(1)
    await expect(row).toContainText('3,240円(その日の価格)')
    await expect(row).toContainText('3,600円')
    await row.click()
    await expect(page.getByTestId('bulk-pane')).toContainText('3,600円')
    await faultless('previewed')
  })

  test('お知らせ先 goes out as CSV and on paper', async () => {
    const { page, app } = desk
    const saved = join(desk.folder, 'letters.csv')
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, saved)
    await page.getByText(/^お知らせ先/).click()
    await expect(page.getByRole('table', { name: 'お知らせ先' }).getByRole('row').nth(1)).toContainText('〒')
    await faultless('letters')
    await page.getByRole('button', { name: 'CSV出力' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '保存先を選んで出力' }).click()
    await expect(page.getByText(/件を出力しました。/)).toBeVisible()
    const lines = readFileSync(saved, 'utf8').trim().split('\r\n')
    expect(lines.length - 1).toBe(await countOf('ready'))
    expect(lines[0]).toContain('郵便番号')
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('heading', { name: /^価格改定/, includeHidden: true }).last()).toBeVisible()
    await picture(page, 'subscription-bulk-paper')
    await page.emulateMedia({ media: 'screen' })
  })

  test('it is carried out with F12, stands in the history of the contract, and is taken back', async () => {
    const { page } = desk
    const ready = await countOf('ready')
    await page.keyboard.press('F12')
    await expect(state()).toHaveText('変更済み')
    expect(await countOf('applied')).toBe(ready)
    await faultless('done')
    await page.getByText(/^変更した定期/).click()
    const row = page.getByRole('table', { name: '変更した定期' }).getByRole('row').nth(1)
    await row.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText(/一括変更で価格を改定しました/)).toBeVisible()
    await expect(page.getByText(/原材料価格の上昇のため/)).toBeVisible()
    await page.goBack()
    await page.getByRole('button', { name: '変更を元に戻す' }).click()
    await faultless('undo')
    await page.getByRole('dialog').getByRole('button', { name: '元に戻す' }).click()
    await expect(state()).toHaveText('取消済み')
    expect(await countOf('undone')).toBe(ready)
    await faultless('undone')
  })

  test('a product takes the place of another; what cannot be is refused, what is not wanted is given up', async () => {
    const { page } = desk
    await page.keyboard.press('Control+k')
    await page.keyboard.type('いっかつ')
    await page.getByRole('option', { name: /定期の一括変更/ }).click()
    await expect(page.getByRole('table', { name: '一括変更の一覧' }).getByRole('row')).toHaveCount(2)
    await faultless('list')
    await page.getByRole('link', { name: '新しい一括変更' }).click()
    await page.getByText('商品の差し替え', { exact: true }).click()
    await pick('差し替える商品(いまの商品)', 'A102')
    await pick('新しい商品', 'A102')
    await page.keyboard.press('F12')
    await expect(page.getByRole('alert')).toContainText('別の商品を選んでください。')
    await page.getByRole('button', { name: '新しい商品を選び直す' }).click()
    await pick('新しい商品', 'A101')
    await page.getByRole('radio', { name: '約束した単価' }).check()
    await page.getByRole('textbox', { name: '約束する単価' }).fill('3,480')
    await page.getByRole('radio', { name: '指定した日以降にお届けする回から' }).check()
    await faultless('replace')
    await page.keyboard.press('F12')
    await expect(page.getByText('日付を入力してください。')).toBeVisible()
    await page.getByRole('radio', { name: '次に変更できる回から' }).check()
    await page.keyboard.press('F12')
    await expect(state()).toHaveText('実行待ち')
    await faultless('replacement')
    await page.getByRole('button', { name: '変更しない' }).click()
    await expect(state()).toHaveText('中止')
    await faultless('given-up')
    await page.getByRole('link', { name: '同じ条件で作り直す' }).click()
    await expect(page.getByRole('textbox', { name: '約束する単価' })).toHaveValue('3,480')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('table', { name: '一括変更の一覧' }).getByRole('row')).toHaveCount(3)
  })

  /** Contracts of three years, beside those of the sample shop; every other one is of A101. */
  async function plantMany(count: number): Promise<void> {
    const database = await connect({ kind: 'sqlite', path: join(desk.folder, 'desk', 'training.db') })
    const admin = await database.db
      .selectFrom('staff_user')
      .innerJoin('shop', 'shop.id', 'staff_user.shop_id')
      .select(['staff_user.id', 'staff_user.name', 'shop.id as shopId', 'shop.name as shopName'])
      .where('role', '=', 'admin')
      .executeTakeFirstOrThrow()
    const { id, name, shopId, shopName } = admin
    const owner = await owners(database, { id, name, shop: { id: shopId, name: shopName } })
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10)
    await manyContracts(database, owner, { count, today, seed: 7 })
    // Three of them get other goods in one turn alone.
    const productId = owner.products[0]?.id ?? ''
    const few = await database.db
      .selectFrom('subscription')
      .innerJoin('subscription_item', 'subscription_item.subscription_id', 'subscription.id')
      .select(['subscription.id', 'next_index'])
      .where('number', '>=', 1_000_000)
      .where('status', '=', 'active')
      .where('product_id', '=', productId)
      .limit(3)
      .execute()
    const own = JSON.stringify([{ productId, quantity: 3, unitPrice: 3000 }])
    const change = { kind: 'items' as const, move_to: null, items: own, by_person: admin.id, at: 0 }
    await database.db
      .insertInto('subscription_turn_change')
      .values(few.map((one) => ({ ...change, subscription_id: one.id, rule_index: one.next_index + 2 })))
      .execute()
    await database.close()
  }

  test('a long one shows how far it is, and is stopped where it is', async () => {
    const { page } = desk
    await plantMany(3000)
    await page.getByRole('link', { name: '新しい一括変更' }).click()
    await pick('商品を追加', 'A101')
    await page.getByRole('textbox', { name: /の新しい単価$/ }).fill('3700')
    await page.keyboard.press('F12')
    await page.getByTestId('bulk-progress').waitFor()
    await picture(page, 'subscription-bulk-previewing')
    await expect(state()).toHaveText('実行待ち', { timeout: 60_000 })
    const ready = await countOf('ready')
    expect(ready).toBeGreaterThan(1000)
    await page.getByTestId('count-own').getByRole('link', { name: '3件' }).click()
    const own = page.getByRole('table', { name: 'この回だけの商品のため変わらない回がある定期' })
    await expect(own.getByRole('row')).toHaveCount(4)
    await expect(own).toContainText('その回だけの商品・単価が決まっているため変わりません。')
    await faultless('own')
    await page.keyboard.press('F12')
    await page.getByTestId('bulk-progress').getByRole('button', { name: '中止する' }).click()
    await expect(state()).toHaveText('変更済み', { timeout: 60_000 })
    const [applied, skipped] = [await countOf('applied'), await countOf('skipped')]
    expect(skipped).toBeGreaterThan(0)
    expect(applied + skipped).toBe(ready)
    await page.getByText(/^変更しなかった定期/).click()
    await expect(page.getByRole('table', { name: '変更しなかった定期' })).toContainText('途中で中止したため')
    await faultless('stopped')
  })

  test('the way back is stopped, too, and goes on with the rest', async () => {
    const { page } = desk
    await page.getByRole('link', { name: '同じ条件で作り直す' }).click()
    await page.keyboard.press('F12')
    await expect(state()).toHaveText('実行待ち', { timeout: 60_000 })
    await page.keyboard.press('F12')
    await expect(state()).toHaveText('変更済み', { timeout: 60_000 })
    const applied = await countOf('applied')
    await page.getByRole('button', { name: '変更を元に戻す' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '元に戻す' }).click()
    await page.getByTestId('bulk-progress').getByRole('button', { name: '中止する' }).click()
    await expect(state()).toHaveText('変更済み', { timeout: 60_000 })
    await expect(page.getByText(/元に戻すのを途中で中止しました。/)).toBeVisible()
    expect(await layoutFaults(page)).toEqual([])
    await picture(page, 'subscription-bulk-undo-stopped')
    await page.getByRole('button', { name: '残りを元に戻す' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '元に戻す' }).click()
    await expect(state()).toHaveText('取消済み', { timeout: 60_000 })
    expect(await countOf('undone')).toBe(applied)
  })
})
