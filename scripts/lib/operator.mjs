// @ts-check
/** What an operator does at the desk, with the keys that an operator presses. Used by the demo and by the tests. */

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').Locator} Locator */

/** Waits until the focus is where the desk should have put it. */
async function focused(/** @type {Locator} */ locator) {
  const until = performance.now() + 15_000
  for (;;) {
    if (await locator.evaluate((element) => element === document.activeElement)) return
    if (performance.now() > until) throw new Error(`the focus did not come to ${locator}`)
    await locator.page().evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  }
}

/** Stages and fields of the desk, by what a person sees. */
export const operator = (/** @type {Page} */ page) => ({
  async signIn(/** @type {{ email: string, password: string }} */ account) {
    await focused(page.getByLabel('メールアドレス'))
    await page.keyboard.type(account.email)
    await page.keyboard.press('Tab')
    await page.keyboard.type(account.password)
    await page.keyboard.press('Enter')
    await page.getByRole('navigation', { name: 'メニュー' }).waitFor()
  },
  /** F2: the form opens with the focus in the customer's search. */
  async newOrder() {
    await page.keyboard.press('F2')
    await focused(page.getByRole('combobox', { name: '電話番号・お名前・カナで検索' }))
  },
  /** Types until one customer is left, and takes that one. */
  async pickCustomer(/** @type {string} */ text) {
    await page.keyboard.type(text)
    await page.getByText('1件見つかりました').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('別の顧客を選ぶ').waitFor()
  },
  async newOrderFor(/** @type {string} */ text) {
    await this.newOrder()
    await this.pickCustomer(text)
  },
  async addProduct(/** @type {string} */ text, quantity = 1) {
    const search = page.getByRole('combobox', { name: '商品コード・商品名・カナで検索' })
    await search.focus()
    await page.keyboard.type(text)
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await focused(page.getByRole('textbox', { name: /の数量$/ }).last())
    await page.keyboard.type(String(quantity))
    await page.keyboard.press('Enter')
  },
  /** F8: the popup waits for the card. */
  async openKeypad() {
    await page.keyboard.press('F8')
    await page.getByRole('dialog').getByText('テンキーの入力を待っています。').waitFor()
  },
  async cardIs(/** @type {string} */ last3) {
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByText(`下3桁 ${last3}`).first().waitFor()
  },
  async proceed() {
    await page.keyboard.press('F12')
  },
  async readBackIsOpen() {
    await page.getByTestId('checkout-stage-read-back').waitFor()
  },
  async isDeclined(/** @type {string} */ code) {
    await page.getByRole('alert', { name: '手続きのエラー' }).getByText(`コード ${code}`).waitFor()
  },
  /** Ticks every sentence as it is read. */
  async readAloud() {
    const sentences = page.getByRole('checkbox')
    await focused(sentences.first())
    const count = await sentences.count()
    for (let index = 0; index < count; index++) await page.keyboard.press('Enter')
  },
  async confirm() {
    await page.keyboard.press('F12')
    await page.getByTestId('checkout-stage-done').waitFor()
    return (await page.getByTestId('order-number').innerText()).trim()
  },
  async readAloudAndConfirm() {
    await this.readAloud()
    return this.confirm()
  },
})
