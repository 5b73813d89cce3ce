import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { monthOfDay, registerKeypads } from '../support/keypad-rows'

/** A picture of one pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const LABELS = ['シリアル番号', 'ケースに傷', 'ケーブル', '見慣れない', '画面・キー', '設置場所']

test.describe('inspections of keypads', () => {
  let desk: DeskUnderTest
  test.beforeAll(async () => {
    desk = await openDesk()
    await desk.page.getByLabel('メールアドレス').waitFor()
    registerKeypads(desk.folder, [
      { serial: 'TK-0001', seat: '受注1', daysAgo: 40 },
      { serial: 'TK-0002', seat: '受注2', daysAgo: 26 },
      { serial: 'TK-0003', seat: '受注3', daysAgo: 2 },
    ])
    await signIn(desk.page)
  })
  test.afterAll(() => desk.close())

  const answer = async (label: string, word: 'はい' | 'いいえ') =>
    desk.page
      .getByRole('radiogroup', { name: new RegExp(label) })
      .getByRole('radio', { name: word })
      .check()

  test('what is overdue stands on ホーム and leads to the list; a clean inspection takes it away', async () => {
    const { page } = desk
    await expect(page.getByText('点検の期限を過ぎたテンキーが1台あります', { exact: false })).toBeVisible()
    await page.getByRole('button', { name: '点検を開く' }).click()
    await expect(page.getByRole('row').nth(1)).toContainText('TK-0001')
    await expect(page.getByTestId('count')).toHaveText('1件')
    await page.getByRole('row').nth(1).click()
    await page.getByRole('button', { name: '署名して記録' }).click()
    await expect(page.getByText('未入力の項目があります(6件)。')).toBeVisible()
    for (const label of LABELS) await answer(label, 'はい')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
    await expect(page.getByText('PNGかJPEGの画像ではありません。', { exact: false })).toBeVisible()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') })
    await expect(page.getByRole('img', { name: '点検の写真' })).toBeVisible()
    await page.getByRole('button', { name: '署名して記録' }).click()
    await expect(page.getByText('異常なし')).toBeVisible()
    await page.getByRole('button', { name: '写真を見る' }).click()
    const photo = page.getByRole('img', { name: /の点検の写真/ })
    await expect(photo).toBeVisible()
    expect(await photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
    await page.getByRole('link', { name: 'ホーム' }).click()
    await expect(page.getByTestId('today-orders')).toBeVisible()
    await expect(page.getByText('点検の期限を過ぎた', { exact: false })).toHaveCount(0)
  })

  test('an いいえ needs words, is kept, and offers 使用停止', async () => {
    const { page } = desk
    await page.evaluate(() => {
      window.location.hash = '/inspections'
    })
    await page.getByRole('row').filter({ hasText: 'TK-0002' }).click()
    for (const label of LABELS) await answer(label, label === '見慣れない' ? 'いいえ' : 'はい')
    await page.getByRole('button', { name: '署名して記録' }).click()
    await expect(page.getByText('「いいえ」の内容を書いてください。')).toBeVisible()
    await page.getByLabel('見慣れないラベルや部品がないの注記').fill('背面に知らないシール')
    await page.getByRole('button', { name: '署名して記録' }).click()
    const dialog = page.getByRole('dialog', { name: '異常が見つかりました' })
    await dialog.getByRole('button', { name: 'あとで決める' }).click()
    await page.getByRole('link', { name: 'ホーム' }).click()
    await expect(
      page.getByText('点検で異常が見つかったテンキーが1台あります', { exact: false }),
    ).toBeVisible()
    await page.getByRole('button', { name: '点検を開く' }).click()
    await page.getByRole('row').filter({ hasText: 'TK-0002' }).click()
    await expect(page.getByText('背面に知らないシール', { exact: false })).toBeVisible()
    for (const label of LABELS) await answer(label, label === '見慣れない' ? 'いいえ' : 'はい')
    await page.getByLabel('見慣れないラベルや部品がないの注記').fill('はがした跡')
    await page.getByRole('button', { name: '署名して記録' }).click()
    await dialog.getByRole('button', { name: '使用停止にする' }).click()
    await expect(page.getByText('使用停止(改ざんの疑い)')).toBeVisible()
    await expect(page.getByRole('button', { name: '署名して記録' })).toHaveCount(0)
  })

  test('the calendar shows what is due and what was done, and a day leads to its list', async () => {
    const { page } = desk
    await page.evaluate(() => {
      window.location.hash = '/inspections'
    })
    await page.getByText('カレンダー', { exact: true }).click()
    await expect(page.getByText('異常 2')).toBeVisible()
    await expect(page.getByText('済 1')).toBeVisible()
    await page.getByRole('button', { name: '次の月' }).click()
    await page.getByRole('button', { name: '今月' }).click()
    // Registered two days ago, every 30 days.
    await page.evaluate((month) => {
      window.location.hash = `/inspections?view=calendar&month=${month}`
    }, monthOfDay(28))
    await page
      .getByRole('button', { name: /^予定 / })
      .last()
      .click()
    await expect(page.getByRole('row').nth(1)).toContainText(/TK-000[13]/)
  })

  test('the auditor gets every field as a file', async () => {
    const { page } = desk
    const path = join(desk.folder, 'audit.csv')
    await desk.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, path)
    await page.getByRole('button', { name: '監査用CSV' }).click()
    await page.getByRole('button', { name: '保存先を選ぶ' }).click()
    await expect(page.getByText('点検記録 3件を保存しました。')).toBeVisible()
    const text = readFileSync(path, 'utf8')
    expect(text.startsWith('\ufeff点検ID,')).toBe(true)
    expect(text).toContain('背面に知らないシール')
  })
})
