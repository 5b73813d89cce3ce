import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'
import { expectFaultless } from '../support/screen-faults'

const VISA = '4111111111111111'
const DECLINED = '4000000000000002'
/** So many days from now, as it is typed. */
const later = (days: number): string =>
  new Date(Date.now() + (days * 24 + 9) * 60 * 60_000).toISOString().slice(0, 10).replaceAll('-', '/')

// Each test goes on where the one before ended.
test.describe.configure({ mode: 'serial', timeout: 240_000 })

let desk: DeskUnderTest
let at: Operator

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
  at = operator(desk.page)
})
test.afterAll(() => desk.close())

const press = (key: string) => desk.page.keyboard.press(key)
const type = (text: string) => desk.page.keyboard.type(text)
const productSearch = () => desk.page.getByRole('combobox', { name: '商品を検索' })
const consent = () => desk.page.getByRole('checkbox', { name: 'お客様の同意をいただいた' })
const turns = () => desk.page.getByTestId('planned-turn')
const panel = () => desk.page.getByRole('alert', { name: '手続きのエラー' })
const detail = () => desk.page.getByRole('heading', { level: 1, name: /^定期 \d+/ })
const payments = async () => (await desk.acquirer.books()).payments

const pictures = (name: string) => expectFaultless(desk, name)

/** Ctrl+F2: the form opens with the focus in the customer's search. */
async function begin(): Promise<void> {
  await press('Control+F2')
  await expect(desk.page.getByRole('combobox', { name: '電話番号・お名前・カナで検索' })).toBeFocused()
}

/** From the search of products: one product, and its turns are there. */
async function addProduct(text: string): Promise<void> {
  await expect(productSearch()).toBeFocused()
  await type(text)
  await desk.page.getByRole('option').first().waitFor()
  await press('Enter')
  await expect(turns().first()).toContainText('× 1')
}

async function typeInto(label: string, text: string): Promise<void> {
  await desk.page.getByLabel(label, { exact: true }).focus()
  await type(text)
}

/** Reads all of it to the caller, and 確定. */
async function readAndConfirm(): Promise<void> {
  await at.readBackIsOpen()
  await at.readAloud()
  await press('F12')
  await expect(detail()).toBeVisible()
}

test('by phone without the mouse: customer, goods, rule, card, read-back of all promised turns, contract', async () => {
  const { page } = desk
  await begin()
  await at.pickCustomer('サトウ カズコ')
  await addProduct('A101')
  await press('Enter')
  await expect(page.getByRole('radio', { name: '日数' })).toBeFocused()
  await typeInto('最低継続回数', '3')
  await page.getByRole('button', { name: '価格の段階を追加' }).focus()
  await press('Enter')
  await typeInto('1段目 値', '50')
  await expect(turns()).toHaveCount(12)
  await expect(page.getByTestId('total')).toHaveText('¥2,170')
  await press('F8')
  await page.getByRole('dialog').getByText('テンキーの入力を待っています。').waitFor()
  await pictures('registration-popup')
  await desk.keypad.key(VISA)
  await at.cardIs('111')
  await expect(consent()).toBeFocused()
  await press('Space')
  await expect(page.getByText('ここで初回分 ¥2,170 の与信を行います。')).toBeVisible()
  await typeInto('広告媒体', '新聞折込')
  const rail = page.getByRole('navigation', { name: 'メニュー' })
  await expect(rail.getByRole('link', { name: /定期注文/ })).toHaveAttribute('aria-current', 'page')
  await expect(rail.getByRole('link', { name: /注文登録/ })).not.toHaveAttribute('aria-current')
  await pictures('registration')
  await at.proceed()
  await at.readBackIsOpen()
  await expect(page.getByText('お約束いただく3回分のお支払い総額は')).toBeVisible()
  await pictures('registration-read-back')
  await readAndConfirm()
  await expect(page.getByText('定期を登録しました').first()).toBeVisible()
  await expect(page.getByText('電話・新聞折込')).toBeVisible()
  // Its first order stands: 停止 says that it does not take it back.
  await page.getByRole('button', { name: '停止', exact: true }).click()
  await expect(
    page.getByRole('dialog').getByText(/受注作成済みの注文\(\d+\)は、このままお届けします。/),
  ).toBeVisible()
  await press('Escape')
  await expect(page.getByTestId('order-tab')).toHaveCount(0)
  expect((await payments()).at(-1)).toMatchObject({
    state: 'authorized',
    amount: 2170,
    initiator: 'customer',
  })
})

test('a declined card keeps the form and says what to say; another one goes through, and a look aside loses nothing', async () => {
  const { page } = desk
  await begin()
  await at.pickCustomer('サトウ カズコ')
  await addProduct('A102')
  await typeInto('備考', '玄関前に置いてください')
  await at.openKeypad()
  await desk.keypad.key(DECLINED)
  await at.cardIs('002')
  await expect(consent()).toBeFocused()
  await press('Space')
  await at.proceed()
  await expect(panel().getByText('コード 101')).toBeVisible()
  await expect(panel().getByText('お客様への言葉')).toBeVisible()
  await expect(consent()).toBeChecked()
  await pictures('registration-declined')
  await at.openKeypad()
  await desk.keypad.key('3566002020360505')
  await at.cardIs('505')
  await page.getByRole('link', { name: 'ホーム' }).click()
  await expect(page.getByText('定期の登録')).toBeVisible()
  await press('Control+1')
  await expect(page.getByRole('textbox', { name: '備考' })).toHaveValue('玄関前に置いてください')
  await expect(consent()).toBeChecked()
  await at.proceed()
  await at.readBackIsOpen()
  await press('F9')
  await page.getByRole('dialog').getByRole('button', { name: '与信を残して戻る' }).waitFor()
  await press('Enter')
  await expect(consent()).toBeChecked()
  await at.proceed()
  await readAndConfirm()
  expect((await payments()).filter(({ state }) => state === 'authorized')).toHaveLength(2)
})

test('a card on file and a first turn in the future: the card is checked without money', async () => {
  const { page } = desk
  await page.getByRole('link', { name: /佐藤/ }).first().click()
  await page
    .getByRole('navigation', { name: '顧客詳細の内容' })
    .getByRole('link', { name: '定期注文' })
    .click()
  await page.getByRole('button', { name: '定期を登録' }).focus()
  await press('Enter')
  await addProduct('A103')
  await typeInto('初回のお届け日', later(70))
  await press('Tab')
  await page.getByRole('radio', { name: 'カード(テンキー)' }).focus()
  await press('2')
  await expect(page.getByRole('radiogroup', { name: '利用する登録カード' })).toBeVisible()
  await expect(page.getByText('ここではカードの有効性だけを確認します。', { exact: false })).toBeVisible()
  await at.proceed()
  await expect(page.getByText('入力内容を確認してください(1件)。')).toBeVisible()
  await expect(consent()).toBeFocused()
  await press('Space')
  await at.proceed()
  await readAndConfirm()
  const last = (await payments()).at(-1)
  expect(last?.amount).toBeLessThanOrEqual(1)
  expect(last?.state).toBe('voided')
})

test('a new caller: offered on ホーム before anything is paid, then a contract with the new customer', async () => {
  const { page } = desk
  await press('F4')
  await pictures('registration-start')
  await begin()
  await type('0399998888')
  await page.getByText('該当する顧客が見つかりません。').waitFor()
  await press('Enter')
  for (const [label, text] of [
    ['姓', '新田'],
    ['名', '花子'],
    ['セイ', 'ニッタ'],
    ['メイ', 'ハナコ'],
  ] as const)
    await page.getByRole('textbox', { name: label, exact: true }).fill(text)
  await page.getByRole('combobox', { name: '郵便番号' }).fill('1000001')
  await expect(page.getByRole('textbox', { name: '市区町村' })).toHaveValue('千代田区')
  await page.getByRole('textbox', { name: '町名・番地' }).fill('千代田1-1')
  await expect(page.getByTestId('order-tab')).toContainText('定期 新田 花子')
  await page.getByRole('link', { name: 'ホーム' }).click()
  const row = page.getByRole('listitem').filter({ hasText: '新田 花子' })
  await expect(row).toContainText('定期の登録')
  await row.getByRole('button', { name: /再開/ }).click()
  await expect(page.getByRole('textbox', { name: 'セイ', exact: true })).toHaveValue('ニッタ')
  await productSearch().focus()
  await addProduct('C301')
  await page.getByRole('radio', { name: '代引' }).focus()
  await press('3')
  await consent().focus()
  await press('Space')
  await at.proceed()
  await readAndConfirm()
  await expect(page.getByRole('link', { name: /新田/ }).first()).toBeVisible()
})
