import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import DatabaseFile from 'better-sqlite3'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator } from '../support/operator'

const SERIAL = 'TEST000001'
const VISA = '4111111111111111'

let desk: DeskUnderTest

const openList = async (page: Page) => {
  await page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name: 'テンキー' }).click()
  await page.getByRole('heading', { name: 'テンキー一覧' }).waitFor()
}
const rowOf = (page: Page) => page.getByRole('row').filter({ hasText: SERIAL })
const openDetail = async (page: Page) => {
  await openList(page)
  await rowOf(page).click()
  await page.getByRole('heading', { name: `テンキー ${SERIAL}` }).waitFor()
}
/** Stops the keypad that the page shows, for a reason that has a way back. */
const stop = async (page: Page) => {
  await page.getByRole('button', { name: '使用停止' }).click()
  const dialog = page.getByRole('dialog', { name: 'テンキーの使用停止' })
  await dialog.getByRole('button', { name: '使用停止にする' }).click()
  await expect(dialog.getByText('理由を選択してください。')).toBeVisible()
  await dialog.getByRole('radio', { name: '紛失' }).check()
  await dialog.getByRole('textbox', { name: 'メモ' }).fill('棚卸しで見つからない')
  await dialog.getByRole('button', { name: '使用停止にする' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
})
test.afterAll(() => desk.close())

test('the connected keypad is in the list, filters find and miss it, and stay over a visit elsewhere', async () => {
  const { page } = desk
  await openList(page)
  await expect(rowOf(page)).toBeVisible()
  const search = page.getByRole('textbox', { name: '検索' })
  await search.fill('ないテンキー')
  await expect(page.getByText('条件に合うテンキーはありません。', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: '条件をリセット' }).last().click()
  await expect(rowOf(page)).toBeVisible()
  await search.fill(SERIAL)
  await expect(page.getByTestId('count')).toHaveText('1件')
  await rowOf(page).click()
  await page.getByRole('heading', { name: 'テンキー情報' }).waitFor()
  await page.keyboard.press('Escape')
  await expect(search).toHaveValue(SERIAL)
  await expect(rowOf(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'テンキー情報' }).waitFor()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(rowOf(page)).toBeFocused()
  await page.getByRole('button', { name: '条件をリセット' }).click()
})

test('a header sorts the list and keeps the focus', async () => {
  const { page } = desk
  await openList(page)
  const serial = page.getByRole('columnheader', { name: 'シリアル番号' })
  await serial.getByRole('button').press('Enter')
  await expect(serial).toHaveAttribute('aria-sort', 'ascending')
  await expect(serial.getByRole('button')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(serial).toHaveAttribute('aria-sort', 'descending')
  await page.getByRole('columnheader', { name: '最終接続' }).getByRole('button').click()
})

test('the list is saved as CSV where the person chooses', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-csv-'))
  const file = join(folder, 'keypads.csv')
  await desk.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)
  const { page } = desk
  await openList(page)
  await page.getByRole('button', { name: 'CSV出力' }).click()
  await expect(page.getByText('CSVファイルに保存しました。', { exact: false })).toBeVisible()
  const saved = readFileSync(file, 'utf8')
  expect(saved.startsWith('\ufeff')).toBe(true)
  expect(saved).toContain(SERIAL)
  rmSync(folder, { recursive: true, force: true })
})

test('a pulled plug shows by itself, and the row keeps the focus', async () => {
  const { page } = desk
  await openList(page)
  await rowOf(page).focus()
  await desk.keypad.plug(false)
  await expect(rowOf(page).getByText('オフライン')).toBeVisible()
  await expect(rowOf(page)).toBeFocused()
  await desk.keypad.plug(true)
  await expect(rowOf(page).getByText('待機中')).toBeVisible()
  await expect(rowOf(page)).toBeFocused()
})

test('a stopped keypad is refused at the popup, and works again once it is registered anew', async () => {
  const { page } = desk
  const at = operator(page)
  await openDetail(page)
  await stop(page)
  await expect(page.getByText('使用停止中です(紛失)。', { exact: false })).toBeVisible()

  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101')
  await page.keyboard.press('F8')
  const popup = page.getByRole('dialog')
  await expect(popup.getByText('テンキーパッドの接続状況や設定を確認ください。')).toBeVisible()
  await page.keyboard.press('Escape')
  await popup.waitFor({ state: 'hidden' })

  await openDetail(page)
  await page.getByRole('button', { name: '使用再開' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '使用を再開する' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('Escape')
  await expect(rowOf(page).getByText('未登録')).toBeVisible()

  await page.getByRole('button', { name: `テンキー ${SERIAL} を登録` }).click()
  const dialog = page.getByRole('dialog', { name: 'テンキーの登録' })
  await dialog.getByRole('textbox', { name: '席' }).fill('')
  await dialog.getByRole('button', { name: '登録する' }).click()
  await expect(dialog.getByText('席の名前を入力してください。')).toBeVisible()
  const shop = dialog.getByRole('combobox', { name: 'ショップ' })
  if ((await shop.inputValue()) === '') {
    await shop.click()
    await page.getByRole('option').first().click()
  }
  await dialog.getByRole('textbox', { name: '席' }).fill('受付1番')
  await dialog.getByRole('button', { name: '登録する' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await expect(rowOf(page).getByText('待機中')).toBeVisible()
  await expect(rowOf(page).getByText('受付1番')).toBeVisible()

  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101')
  await at.openKeypad()
  await desk.keypad.key(VISA)
  await at.cardIs('111')
})

test('what happened stands among the events and can be filtered', async () => {
  const { page } = desk
  await openDetail(page)
  const events = page.getByRole('region', { name: 'イベントの一覧' })
  await expect(events.getByText('使用停止', { exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: /^内容/ }).click()
  await page.getByRole('checkbox', { name: '登録' }).check()
  await page.keyboard.press('Escape')
  await expect(events.getByText('使用停止', { exact: true })).toHaveCount(0)
  await expect(events.getByText('登録', { exact: true }).first()).toBeVisible()
})

test('where another screen was faster nothing is overwritten: the newest version is shown first', async () => {
  const { page } = desk
  await openDetail(page)
  await page.getByRole('button', { name: '設定変更' }).click()
  const dialog = page.getByRole('dialog', { name: 'テンキーの設定変更' })
  const seat = dialog.getByRole('textbox', { name: '席' })
  await seat.fill('受付2番')
  const file = new DatabaseFile(join(desk.folder, 'desk', 'training.db'))
  file.prepare('update keypad set seat = ?, version = version + 1 where serial = ?').run('倉庫', SERIAL)
  file.close()
  await dialog.getByRole('button', { name: '変更を保存' }).click()
  await expect(dialog.getByText('ほかの画面で先に変更されていました')).toBeVisible()
  await expect(dialog.getByText('倉庫', { exact: false })).toBeVisible()
  await expect(seat).toHaveValue('受付2番')
  await dialog.getByRole('button', { name: '変更を保存' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await expect(page.getByText('受付2番', { exact: false }).first()).toBeVisible()
})

test('the payments of a keypad lead to its orders, and the filter is taken off again', async () => {
  const { page } = desk
  await openDetail(page)
  await page.getByRole('button', { name: 'このテンキーの注文を見る' }).click()
  await page.getByRole('heading', { name: '注文一覧' }).waitFor()
  const chip = page.getByRole('button', { name: `テンキー ${SERIAL} で絞り込み中です。` })
  await expect(chip).toBeVisible()
  const count = page.getByTestId('count')
  await expect(count).toHaveText(/^\d+件$/)
  const some = Number.parseInt(await count.innerText(), 10)
  expect(some).toBeGreaterThan(10)
  await chip.click()
  await expect(chip).toHaveCount(0)
  await expect(count).toHaveText(/^2\d\d件$/)
  expect(some).toBeLessThan(150)
})

test('テンキー一覧 and its inspections lead to each other', async () => {
  const { page } = desk
  await openList(page)
  await page.getByRole('link', { name: '点検' }).click()
  await page.getByRole('heading', { name: 'テンキーの点検' }).waitFor()
  const rail = page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name: 'テンキー' })
  await expect(rail).toHaveAttribute('aria-current', 'page')
  await page.getByRole('link', { name: 'テンキー一覧へ戻る' }).click()
  await page.getByRole('heading', { name: 'テンキー一覧' }).waitFor()
})
