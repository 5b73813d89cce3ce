import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'
import { picture } from '../support/screen-faults'

/** The keypad from every menu: 注文一覧(変更), 顧客一覧(登録カード), and an order on hold. */
const VISA = '4111111111111111'
const JCB = '3566002020360505'
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
/** `YYMM` of the month that follows today in Japan. */
function nextMonth(): string {
  const [year = 0, month = 0] = new Date()
    .toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' })
    .split('-')
    .map(Number)
  return month === 12 ? `${(year + 1) % 100}01` : `${year % 100}${String(month + 1).padStart(2, '0')}`
}
const held = async () =>
  (await desk.acquirer.books()).payments.filter((row) => row.state === 'authorized').map((row) => row.amount)

async function order(): Promise<string> {
  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101', 2)
  await at.openKeypad()
  await desk.keypad.key(VISA)
  await at.cardIs('111')
  await at.proceed()
  await at.readBackIsOpen()
  return (await at.readAloudAndConfirm()) ?? ''
}

test('注文一覧: a new card and amount; a declined one leaves the order, a good one takes its place', async () => {
  const { page } = desk
  const before = await held()
  const number = await order()
  await page.getByRole('button', { name: '注文一覧で見る' }).click()
  await page.getByRole('row', { name: new RegExp(number) }).dblclick()
  await expect(page.getByRole('heading', { name: `注文 ${number}`, exact: true })).toBeVisible()
  const first = (await held()).filter((amount) => !before.includes(amount))
  await page.getByRole('button', { name: '注文を変更' }).click()
  await expect(page.getByRole('heading', { name: `注文 ${number} の変更` })).toBeVisible()
  await expect(page.getByRole('button', { name: '変更', exact: true })).toHaveCount(0)
  await at.addProduct('馬油')
  await at.openKeypad()
  await desk.keypad.key(LOST)
  await at.cardIs('987')
  await at.proceed()
  await expect(page.getByRole('alert', { name: '手続きのエラー' }).getByText('コード 301')).toBeVisible()
  await expect(page.getByTestId('change-banner')).toBeVisible()
  await shot('order-change-declined')
  expect((await held()).filter((amount) => !before.includes(amount))).toEqual(first)
  await at.openKeypad()
  await desk.keypad.key(JCB)
  await at.cardIs('505')
  await at.proceed()
  await at.readBackIsOpen()
  expect(await at.readAloudAndConfirm()).toBe(number)
  await expect(page.getByText('注文を変更しました')).toBeVisible()
  const books = (await desk.acquirer.books()).payments.slice(-3)
  expect(books.map((row) => row.state)).toEqual(['voided', 'declined', 'authorized'])
})

test('顧客一覧: a card is registered, replaced by a good one only, and removed', async () => {
  const { page } = desk
  await page.getByRole('link', { name: /顧客一覧/ }).click()
  await page.getByRole('textbox', { name: '検索' }).fill('サトウ カズコ')
  await page.getByRole('row', { name: /佐藤/ }).first().dblclick()
  await expect(page.getByRole('heading', { name: '登録カード' })).toBeVisible()
  const cards = page.getByTestId('card-on-file')
  const had = await cards.count()
  await page.getByRole('button', { name: 'テンキーで登録' }).click()
  await expect(page.getByRole('dialog').getByText('テンキーの入力を待っています。')).toBeVisible()
  await desk.keypad.key(JCB)
  await expect(cards).toHaveCount(had + 1)
  const mine = cards.filter({ hasText: '505' })
  await mine.getByRole('button', { name: '入れ替え' }).click()
  await expect(page.getByRole('dialog').getByText('テンキーの入力を待っています。')).toBeVisible()
  await desk.keypad.key(LOST)
  await expect(page.getByRole('alert').getByText('このカードは利用できません。').first()).toBeVisible()
  await expect(mine).toHaveCount(1)
  await shot('customer-card-declined')
  await mine.getByRole('button', { name: '入れ替え' }).click()
  await expect(page.getByRole('dialog').getByText('テンキーの入力を待っています。')).toBeVisible()
  await desk.keypad.key('5555555555554444', { exp: nextMonth() })
  await expect(cards.filter({ hasText: '444' }).getByText('期限間近')).toBeVisible()
  await shot('customer-card-soon')
  await expect(mine).toHaveCount(0)
  await cards.filter({ hasText: '444' }).getByRole('button', { name: '削除' }).click()
  await page.getByRole('button', { name: '削除する', exact: true }).click()
  await expect(cards).toHaveCount(had)
  const books = (await desk.acquirer.books()).payments.filter((row) => row.amount <= 1)
  expect(books.map((row) => row.state)).toEqual(['voided', 'declined', 'voided'])
})

test('保留: the keypad stays with this seat, nothing keyed meanwhile is taken, and the order goes on', async () => {
  const { page } = desk
  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101', 3)
  await page.getByRole('button', { name: '保留', exact: true }).click()
  await expect(page.getByText(/保留中\(.*まで\)/)).toBeVisible()
  await expect(page.getByTestId('keypad-lamp')).toHaveAttribute('data-state', 'busy')
  await shot('home-on-hold')
  await desk.keypad.key(VISA)
  await page
    .getByRole('button', { name: /佐藤.*再開/ })
    .first()
    .click()
  await expect(page.getByText('テンキーをこの席で取り置いています', { exact: false })).toBeVisible()
  await expect(page.getByRole('textbox', { name: /の数量/ })).toHaveValue('3')
  await expect(page.getByText('下3桁 111')).toHaveCount(0)
  await shot('order-on-hold')
  await at.openKeypad()
  await desk.keypad.key(VISA)
  await at.cardIs('111')
  await page.getByRole('button', { name: '保留を解除' }).click()
  await expect(page.getByTestId('keypad-lamp')).toHaveAttribute('data-state', 'connected')
  await at.proceed()
  await at.readBackIsOpen()
  await at.readAloudAndConfirm()
})
