import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import DatabaseFile from 'better-sqlite3'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator } from '../support/operator'
import { axeFaults, layoutFaults, resize, settled } from '../support/screen-faults'

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

const events = () => desk.page.getByRole('region', { name: 'イベントの一覧' })
const card = () => desk.page.getByRole('region', { name: 'ソフトウェアの更新' })

/** Changes the desk's database as another desk would. */
const write = (statement: string, ...values: string[]) => {
  const file = new DatabaseFile(join(desk.folder, 'desk', 'training.db'))
  file.prepare(statement).run(...values)
  file.close()
}

const SHOTS = resolve(import.meta.dirname, '../../out/screens')
async function shoot(name: string): Promise<void> {
  for (const width of [1920, 1366]) {
    await resize(desk, width, width === 1920 ? 1080 : 768)
    await settled(desk.page)
    expect(await layoutFaults(desk.page)).toEqual([])
    expect(await axeFaults(desk.page)).toEqual([])
    await desk.page.screenshot({ path: join(SHOTS, `${name}-${width}.png`) })
  }
}

test.beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
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
  await expect(events().getByText('使用停止', { exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: /^内容/ }).click()
  await page.getByRole('checkbox', { name: '登録' }).check()
  await page.keyboard.press('Escape')
  await expect(events().getByText('使用停止', { exact: true })).toHaveCount(0)
  await expect(events().getByText('登録', { exact: true }).first()).toBeVisible()
})

test('where another screen was faster nothing is overwritten: the newest version is shown first', async () => {
  const { page } = desk
  await openDetail(page)
  await page.getByRole('button', { name: '設定変更' }).click()
  const dialog = page.getByRole('dialog', { name: 'テンキーの設定変更' })
  const seat = dialog.getByRole('textbox', { name: '席' })
  await seat.fill('受付2番')
  write('update keypad set seat = ?, version = version + 1 where serial = ?', '倉庫', SERIAL)
  await dialog.getByRole('button', { name: '変更を保存' }).click()
  await expect(dialog.getByText('ほかの画面で先に変更されていました')).toBeVisible()
  await expect(dialog.getByText('倉庫', { exact: false })).toBeVisible()
  await expect(seat).toHaveValue('受付2番')
  await dialog.getByRole('button', { name: '変更を保存' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await expect(page.getByText('受付2番', { exact: false }).first()).toBeVisible()
})

test('the payments of a keypad lead to its orders at its shop, and each filter is taken off again', async () => {
  const { page } = desk
  await openDetail(page)
  const payments = page.getByRole('table', { name: '最近の決済' })
  await expect(payments.getByRole('columnheader', { name: '支払区分' })).toBeVisible()
  await expect(payments.getByRole('row').nth(1).getByText('一括', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'このテンキーの注文を見る' }).click()
  await page.getByRole('heading', { name: '注文一覧' }).waitFor()
  const chip = page.getByRole('button', { name: `テンキー ${SERIAL} で絞り込み中です。` })
  const shop = page.getByRole('button', { name: 'ショップ さくら通販 本店 で絞り込み中です。' })
  await expect(chip).toBeVisible()
  await expect(shop).toBeVisible()
  await shoot('keypad-orders')
  const count = page.getByTestId('count')
  await expect(count).toHaveText(/^\d+件$/)
  const some = Number.parseInt(await count.innerText(), 10)
  expect(some).toBeGreaterThan(10)
  expect(some).toBeLessThan(150)
  await chip.click()
  await expect(chip).toHaveCount(0)
  await expect(count).toHaveText(/^2\d\d件$/)
  await shop.press('Enter')
  await expect(shop).toHaveCount(0)
})

test('a planned update: put off by an operator, failed with a code, shown in the list and on ホーム', async () => {
  const { page } = desk
  await openDetail(page)
  await card().getByRole('button', { name: '更新の予定を登録' }).press('Enter')
  const planning = page.getByRole('dialog', { name: 'ソフトウェア更新の予定' })
  await planning.getByRole('button', { name: '予定を登録' }).press('Enter')
  await expect(planning.getByText('更新後のバージョンを入力してください。')).toBeVisible()
  await planning.getByRole('textbox', { name: '更新後のバージョン' }).fill('V9.00')
  await planning.getByRole('textbox', { name: 'メモ' }).fill('提供元の案内 No.12')
  await shoot('keypad-update-plan')
  await planning.getByRole('button', { name: '予定を登録' }).press('Enter')
  await expect(card().getByText('更新予定', { exact: true })).toBeVisible()

  await card().getByRole('button', { name: '延期' }).press('Enter')
  const putOff = page.getByRole('dialog', { name: '更新の延期' })
  await putOff.getByRole('textbox', { name: '延期の理由' }).fill('夜間の受付があるため')
  await putOff.getByRole('button', { name: '延期する' }).press('Enter')
  await expect(card().getByText('更新延期', { exact: true })).toBeVisible()

  await card().getByRole('button', { name: '失敗を記録' }).press('Enter')
  const failing = page.getByRole('dialog', { name: '更新の失敗を記録' })
  await failing.getByRole('button', { name: '失敗を記録' }).press('Enter')
  await expect(failing.getByText('エラーコードを選択してください。', { exact: true })).toBeVisible()
  await failing.getByRole('combobox', { name: 'エラーコード' }).fill('3E6')
  await page.getByRole('option', { name: /^3E6/ }).click()
  await expect(failing.locator('[data-code="3E6"]')).toContainText('この機器は登録されていません。')
  await shoot('keypad-update-code')
  await failing.getByRole('button', { name: '失敗を記録' }).press('Enter')
  await expect(card().getByText('更新失敗', { exact: true })).toBeVisible()
  await expect(card().getByText('未定(自動では再試行しません)')).toBeVisible()
  await expect(events().getByText('コード 3E6', { exact: false })).toBeVisible()
  await expect(events().getByText('操作者が延期: 夜間の受付があるため', { exact: false })).toBeVisible()
  await shoot('keypad-update-failed')

  await page.getByRole('link', { name: 'ホーム', exact: true }).click()
  await expect(
    page.getByText('テンキー1台のソフトウェア更新が失敗したままです。', { exact: false }),
  ).toBeVisible()
  const todo = page.getByRole('listitem').filter({ hasText: 'ソフトウェア更新' })
  await todo.getByRole('button', { name: 'テンキーを開く' }).click()
  await expect(page.getByTestId('count')).toHaveText('1件')
  await expect(rowOf(page).getByText('更新失敗')).toBeVisible()
  await page.getByRole('button', { name: '条件をリセット' }).click()
  await expect(page.getByTestId('count')).toHaveText('5件')
  await shoot('keypad-update-list')
})

test('a window that opens without a keypad is put off by the clock, and the planned version ends the plan', async () => {
  const { page } = desk
  await openDetail(page)
  await card().getByRole('button', { name: '予定を変更' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: '予定を変更' }).press('Enter')
  await expect(card().getByText('更新予定', { exact: true })).toBeVisible()
  await desk.keypad.plug(false)
  await expect(page.getByText('オフライン').first()).toBeVisible()
  write('update keypad_update set next_at = next_at - 86400000 * 3')
  await expect(card().getByText('更新延期', { exact: true })).toBeVisible({ timeout: 40_000 })
  await expect(card().getByText('テンキーが未接続だったため')).toBeVisible()
  write("update keypad_update set target = 'V1.00'")
  await desk.keypad.plug(true)
  await expect(card().getByText('更新の予定はありません。')).toBeVisible()
  await expect(events().getByText('更新成功', { exact: true })).toBeVisible()
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
