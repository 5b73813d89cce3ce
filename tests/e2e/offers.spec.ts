import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'
import { expectFaultless, picture } from '../support/screen-faults'

test.describe('an order under an advertisement', () => {
  let desk: DeskUnderTest
  let at: Operator
  test.beforeAll(async () => {
    desk = await openDesk()
    await desk.page.getByLabel('メールアドレス').waitFor()
    await signIn(desk.page)
    at = operator(desk.page)
  })
  test.afterAll(() => desk.close())

  test('the offer gives its price; an item outside of it turns the call into 電話勧誘販売, to the order page', async () => {
    const { page } = desk
    await at.newOrderFor('サトウ カズコ')
    await at.addProduct('A101', 1)
    await expect(page.getByTestId('total')).toHaveText(/¥3,790/)
    await page.getByRole('combobox', { name: '申込番号' }).fill('n11')
    await page.getByRole('option', { name: /N1123/ }).waitFor()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('combobox', { name: '申込番号' })).toHaveValue('N1123')
    await expect(page.getByLabel('広告媒体')).toHaveValue('朝刊(全国版)')
    await expect(page.getByTestId('total')).toHaveText(/¥2,530/)
    await expect(page.getByTestId('legal-mode')).toContainText('通信販売')
    await at.addProduct('馬油')
    await expect(page.getByTestId('legal-mode')).toContainText('電話勧誘販売')
    await expect(page.getByTestId('legal-mode')).toContainText('広告外の商品: 馬油クリーム(70g)')
    await expect(page.getByRole('row', { name: /馬油クリーム.*広告外/ })).toBeVisible()
    await expectFaultless(desk, 'checkout-offer')
    await page.getByRole('radio', { name: /^代引/ }).check({ force: true })
    await at.proceed()
    await at.readBackIsOpen()
    await expect(page.getByText('8日間は', { exact: false })).toBeVisible()
    const number = await at.readAloudAndConfirm()
    await page.evaluate(() => {
      window.location.hash = '/orders'
    })
    await page
      .getByRole('row', { name: new RegExp(number) })
      .first()
      .click()
    await expect(page.getByRole('heading', { name: new RegExp(number) })).toBeVisible()
    await expect(page.getByText('電話勧誘販売', { exact: true })).toBeVisible()
  })

  test('値引き: given in yen with a reason, refused without one, told in the read-back and on the order', async () => {
    const { page } = desk
    await at.newOrderFor('サトウ カズコ')
    await at.addProduct('A101', 1)
    await expect(page.getByTestId('total')).toHaveText(/¥3,790/)
    await page.getByRole('button', { name: '値引きを追加' }).press('Enter')
    const amount = page.getByLabel('金額(税込・円)')
    await expect(amount).toBeFocused()
    await amount.fill('500')
    await page.keyboard.press('Tab')
    await expect(page.getByTestId('total')).toHaveText(/¥3,290/)
    await page.getByRole('radio', { name: /^代引/ }).check({ force: true })
    await at.proceed()
    await expect(page.getByText('値引きの理由を入力してください。')).toBeVisible()
    await page.getByLabel('理由').fill('お届け遅れのお詫び')
    await expectFaultless(desk, 'checkout-discount', { dark: false })
    await at.proceed()
    await at.readBackIsOpen()
    await expect(page.getByText('-¥500').first()).toBeVisible()
    const number = await at.readAloudAndConfirm()
    await page.getByRole('button', { name: '注文一覧で見る' }).click()
    await page.getByRole('row', { name: new RegExp(number) }).dblclick()
    await expect(page.getByText(/値引き.*お届け遅れのお詫び/)).toBeVisible()
    await picture(page, 'order-discount')
  })
})
