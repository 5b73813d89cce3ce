import { expect, type Page } from '@playwright/test'

/** What an operator does at the desk, with the keys that an operator presses. */
export const operator = (page: Page) => ({
  /** F2, then the phone number or name of a known customer. */
  async newOrderFor(text: string) {
    await page.keyboard.press('F2')
    const search = page.getByRole('combobox', { name: '電話番号・お名前・カナで検索' })
    await expect(search).toBeFocused()
    await page.keyboard.type(text)
    await page.getByText('1件見つかりました').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('別の顧客を選ぶ').waitFor()
  },
  async addProduct(text: string, quantity = 1) {
    const search = page.getByRole('combobox', { name: '商品コード・商品名・カナで検索' })
    await search.focus()
    await page.keyboard.type(text)
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    const field = page.getByRole('textbox', { name: /の数量$/ }).last()
    await expect(field).toBeFocused()
    await page.keyboard.type(String(quantity))
    await page.keyboard.press('Enter')
  },
  /** F8; the popup waits for the card. */
  async openKeypad() {
    await page.keyboard.press('F8')
    await page.getByRole('dialog').getByText('テンキーの入力を待っています。').waitFor()
  },
  async cardIs(last3: string) {
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByText(`下3桁 ${last3}`).first().waitFor()
  },
  async proceed() {
    await page.keyboard.press('F12')
  },
  async readBackIsOpen() {
    await page.getByTestId('checkout-stage-read-back').waitFor()
  },
  /** Ticks every sentence as it is read, then 確定. */
  async readAloudAndConfirm() {
    const sentences = page.getByRole('checkbox')
    await expect(sentences.first()).toBeFocused()
    const count = await sentences.count()
    for (let index = 0; index < count; index++) await page.keyboard.press('Enter')
    await page.keyboard.press('F12')
    await page.getByTestId('checkout-stage-done').waitFor()
    return (await page.getByTestId('order-number').innerText()).trim()
  },
})
export type Operator = ReturnType<typeof operator>
