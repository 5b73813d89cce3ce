import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'
import { axeFaults, layoutFaults, picture, resize, settled } from '../support/screen-faults'

/** 診断 from 重要項目設定 with all well, and from a card entry that failed. */
const VISA = '4111111111111111'
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
]

let desk: DeskUnderTest
let at: Operator

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
  at = operator(desk.page)
})
test.afterAll(() => desk.close())

const dialog = () => desk.page.getByRole('dialog', { name: '診断' })
const stateOf = (step: string) => dialog().locator(`[data-step="${step}"]`)

test('all well: every step is good, and the report can be copied, saved and printed', async () => {
  const { page, app, folder } = desk
  await page.getByRole('link', { name: '設定', exact: true }).click()
  await page.getByRole('button', { name: '診断' }).press('Enter')
  await expect(dialog().getByText('異常はありません。')).toBeVisible()
  for (const step of ['cable', 'mode', 'key-level', 'relay', 'service']) {
    await expect(stateOf(step)).toHaveAttribute('data-state', 'good')
  }

  await dialog().getByRole('button', { name: 'コピー' }).press('Enter')
  await expect(dialog().getByText('結果をコピーしました。')).toBeVisible()
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText())
  expect(copied).toContain('テンキー診断の結果')
  expect(copied).toContain('【トレーニング】')
  expect(copied).not.toContain('練習 花子')

  const file = join(folder, '診断.txt')
  await app.evaluate(({ dialog: dialogs }, path) => {
    dialogs.showSaveDialog = async () => ({ canceled: false, filePath: path })
  }, file)
  await dialog().getByRole('button', { name: 'テキストで保存' }).press('Enter')
  await expect(dialog().getByText('結果を保存しました。')).toBeVisible()
  expect(readFileSync(file, 'utf8')).toBe(`\uFEFF${copied.replaceAll('\n', '\r\n')}`)

  await app.evaluate(({ dialog: dialogs }) => {
    dialogs.showSaveDialog = async () => ({ canceled: false, filePath: '/nowhere/at/all.txt' })
  })
  await dialog().getByRole('button', { name: 'テキストで保存' }).press('Enter')
  await expect(dialog().getByText('この場所には保存できませんでした。', { exact: false })).toBeVisible()

  await page.evaluate(() => {
    window.print = () => Reflect.set(window, 'printedForTest', true)
  })
  await dialog().getByRole('button', { name: '印刷' }).press('Enter')
  expect(await page.evaluate(() => Reflect.get(window, 'printedForTest'))).toBe(true)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText('テンキー診断の結果', { exact: false })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'メニュー' })).toBeHidden()
  await expect(dialog()).toBeHidden()
  await picture(page, 'diagnosis-paper')
  await page.emulateMedia({ media: null })
  await page.keyboard.press('Escape')
  await expect(dialog()).toBeHidden()
})

test('a pulled cable: the popup leads to the step that fails, and the order goes on afterwards', async () => {
  const { page } = desk
  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101', 1)
  await at.openKeypad()
  await desk.keypad.plug(false)
  const popup = page.getByRole('dialog', { name: 'カード情報の入力' })
  await expect(popup.getByRole('alert')).toBeVisible()
  await popup.getByRole('button', { name: '診断' }).press('Enter')
  await expect(dialog().getByText('異常が1件あります。', { exact: false })).toBeVisible()
  await expect(stateOf('cable')).toHaveAttribute('data-state', 'bad')
  await expect(stateOf('cable')).toContainText('USBケーブルを確認して')
  await expect(stateOf('mode')).toHaveAttribute('data-state', 'not-applicable')
  await expect(stateOf('service')).toHaveAttribute('data-state', 'good')
  for (const { width, height } of SIZES) {
    await resize(desk, width, height)
    await settled(page)
    await picture(page, `diagnosis-bad-${width}`)
    expect(await layoutFaults(page), `at ${width}`).toEqual([])
  }
  expect(await axeFaults(page)).toEqual([])

  await desk.keypad.plug(true)
  await expect(page.getByTestId('keypad-lamp')).toHaveAttribute('data-state', 'connected')
  await dialog().getByRole('button', { name: 'もう一度診断' }).press('Enter')
  await expect(dialog().getByText('異常はありません。')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog()).toBeHidden()
  await expect(popup.getByRole('alert')).toBeVisible()
  await popup.getByRole('button', { name: 'もう一度' }).press('Enter')
  await expect(popup.getByText('テンキーの入力を待っています。')).toBeVisible()
  await desk.keypad.key(VISA)
  await at.cardIs('111')
})
