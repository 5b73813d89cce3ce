import { expect, test, type Page } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'
import { picture } from '../support/screen-faults'

/** The help in its place: from the menu, by address, and by F1 over a card entry that goes on. Keys only. */
const VISA = '4111111111111111'
const LOST = '4000000000009987'

let desk: DeskUnderTest
let at: Operator

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
  at = operator(desk.page)
})
test.afterAll(() => desk.close())

const shot = (name: string) => picture(desk.page, name)
const reading = (page: Page) => page.getByRole('article', { name: '説明' })
const field = (page: Page) => page.getByRole('combobox', { name: 'コードまたは言葉' })

test('ヘルプ > エラーコード finds a code in both meanings, and words in any width', async () => {
  const { page } = desk
  await page.getByRole('link', { name: 'ヘルプ' }).press('Enter')
  await expect(field(page)).toBeFocused()
  await expect(page.getByText('58件')).toBeVisible()
  await page.keyboard.type('１０６')
  await expect(page.getByRole('option')).toHaveCount(2)
  await expect(reading(page)).toContainText('カードの暗証番号が一致しません。')
  await page.keyboard.press('ArrowDown')
  await expect(reading(page)).toContainText('提供元に連絡してください。')
  await expect(reading(page)).toContainText('「恐れ入ります')
  await field(page).fill('ﾒﾝﾃﾅﾝｽ')
  await expect(page.getByRole('option')).toHaveCount(2)
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('option')).toHaveCount(1)
  await expect(reading(page)).toContainText('3E3')
  await page.reload()
  await expect(reading(page)).toContainText('3E3')
  await field(page).fill('ありえない言葉')
  await expect(page.getByText('見つかりませんでした')).toBeVisible()
  await shot('help-none')
})

test('an address opens the code', async () => {
  const { page } = desk
  await page.evaluate(() => {
    window.location.hash = '/help/codes/3E1'
  })
  await expect(field(page)).toHaveValue('3E1')
  await expect(reading(page)).toContainText('この機器は使えない状態です。')
  for (const odd of ['%', '%E3%81%82%', '../../x']) {
    await page.evaluate((code) => {
      window.location.hash = `/help/codes/${code}`
    }, odd)
    await expect(page.getByRole('navigation', { name: 'メニュー' })).toBeVisible()
  }
})

test('F1 over a card entry opens and closes without ending it', async () => {
  const { page } = desk
  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101', 1)
  await at.openKeypad()
  await page.keyboard.press('F1')
  await expect(page.getByRole('dialog', { name: 'エラーコード' })).toBeVisible()
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('101')
  await expect(reading(page)).toContainText('このカードは利用できません。')
  await shot('help-over-popup')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'エラーコード' })).toBeHidden()
  await expect(page.getByText('テンキーの入力を待っています。')).toBeVisible()
  await desk.keypad.key(VISA)
  await at.cardIs('111')
})

test('F1 explains what has just failed', async () => {
  const { page } = desk
  await at.openKeypad()
  await desk.keypad.key(LOST)
  await at.cardIs('987')
  await at.proceed()
  await at.isDeclined('301')
  await page.keyboard.press('F1')
  await expect(reading(page)).toContainText('301')
  await page.keyboard.press('Escape')
  await desk.keypad.plug(false)
  await page.keyboard.press('F8')
  const popup = page.getByRole('dialog')
  await expect(popup.getByRole('alert')).toBeVisible()
  await shot('keypad-popup-failed')
  await popup.getByRole('button', { name: '表示の説明' }).press('Enter')
  await expect(reading(page)).toContainText('テンキーパッドの接続状況や設定を確認ください。')
  await page.keyboard.press('Escape')
  await expect(popup.getByRole('alert')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(popup).toBeHidden()
})
