import { expect, test } from '@playwright/test'
import { ImportantSettings } from '../../src/contract/settings'
import { openDesk, SAMPLE, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'

const SHORTEST_MINUTES = 1
const JUST_BEFORE_MS = 50_000
const PAST_MS = 61_000
const JCB = '3566002020360505'
const VISA = '4111111111111111'

let desk: DeskUnderTest
let at: Operator

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
  at = operator(desk.page)
  await setShortestTime()
})
test.afterAll(() => desk.close())

const lock = () => desk.page.getByRole('dialog', { name: '画面をロックしています' })
const quantity = () => desk.page.getByRole('textbox', { name: '黒酢しょうが粒(30日分)の数量' })

/** The machine's clock runs ahead in the main process, as after a sleep: nobody has touched the desk meanwhile. */
const clockAhead = (ms: number) =>
  desk.app.evaluate((_electron, ahead) => {
    const now = Date.now
    Date.now = () => now() + ahead
  }, ms)

/** A time that is set holds from the next time that the person gives the password. */
async function setShortestTime() {
  const { page } = desk
  await page.getByRole('link', { name: '設定', exact: true }).click()
  await page.getByRole('textbox', { name: '自動ロックまでの時間(分)' }).fill(String(SHORTEST_MINUTES))
  await page.getByRole('button', { name: '設定を保存' }).click()
  await expect(page.getByText('設定を保存しました。')).toBeVisible()
  await page.keyboard.press('Control+l')
  await unlock()
}

async function unlock() {
  await expect(lock().getByRole('textbox', { name: 'パスワード' })).toBeFocused()
  await desk.page.keyboard.type(SAMPLE.password)
  await desk.page.keyboard.press('Enter')
  await lock().waitFor({ state: 'hidden' })
}

/** An order with a customer, two pieces and a saved draft. */
async function fillOrder(pieces: number) {
  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101', pieces)
  await expect(quantity()).toHaveValue(String(pieces))
}

test('nothing shorter than a minute can be set', async () => {
  const { page } = desk
  const allowed = ImportantSettings.shape.idleLockMinutes
  expect([allowed.safeParse(SHORTEST_MINUTES).success, allowed.safeParse(0).success]).toEqual([true, false])
  await page.getByRole('link', { name: '設定', exact: true }).click()
  const idle = page.getByRole('textbox', { name: '自動ロックまでの時間(分)' })
  await expect(idle).toHaveValue(String(SHORTEST_MINUTES))
  await idle.fill('0')
  await idle.press('Enter')
  await expect(page.getByText('範囲内の値を入力してください。')).toBeVisible()
})

test('after the idle time the desk locks by itself; the password opens it with the form in place', async () => {
  const { page } = desk
  await fillOrder(3)
  const place = page.url()
  await quantity().focus()

  await expect(page.getByTestId('total')).toHaveText(/¥9,720/)
  await clockAhead(JUST_BEFORE_MS)
  await page.getByRole('radio', { name: /^代引/ }).check({ force: true })
  // Main still answers: it has worked out the total with the fee.
  await expect(page.getByTestId('total')).not.toHaveText(/¥9,720/)
  await expect(lock()).toHaveCount(0)

  await quantity().focus()
  await clockAhead(PAST_MS)
  await expect(lock()).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'メニュー' })).toBeHidden()
  await expect(quantity()).toBeHidden()
  for (const key of ['Escape', 'F2', 'F8', 'F12', 'Control+k']) await page.keyboard.press(key)
  await expect(lock()).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(1)

  await unlock()
  expect(page.url()).toBe(place)
  await expect(page.getByText('別の顧客を選ぶ')).toBeVisible()
  await expect(quantity()).toHaveValue('3')
  await expect(page.getByRole('radio', { name: /^代引/ })).toBeChecked()
  await expect(quantity()).toBeFocused()
})

test('a wrong password keeps it locked', async () => {
  await fillOrder(1)
  await clockAhead(PAST_MS)
  await expect(lock()).toBeVisible()
  await desk.page.keyboard.type('Wrong-Password-1')
  await desk.page.keyboard.press('Enter')
  await expect(lock().getByText('あと4回', { exact: false })).toBeVisible()
  await expect(quantity()).toBeHidden()
  await unlock()
})

test('a lock ends an open card entry: its card is not taken, and the popup opens again', async () => {
  const { page } = desk
  await fillOrder(2)
  await at.openKeypad()
  await clockAhead(PAST_MS)
  await expect(lock()).toBeVisible()
  await expect(page.getByRole('dialog', { name: 'カード情報の入力' })).toHaveCount(0)
  const before = (await desk.acquirer.books()).tokens.length
  expect(await desk.keypad.key(JCB)).toMatchObject({ delivered: false })

  await unlock()
  await expect(quantity()).toHaveValue('2')
  await expect(page.getByText('下3桁 505')).toHaveCount(0)
  await expect(page.getByTestId('keypad-lamp')).toHaveAttribute('data-state', 'connected')
  await at.openKeypad()
  expect((await desk.acquirer.books()).tokens.length).toBe(before)
  await desk.keypad.key(VISA)
  await at.cardIs('111')
})

test('a lock during the read-back keeps the hold and comes back to it', async () => {
  await fillOrder(1)
  await at.openKeypad()
  await desk.keypad.key(VISA)
  await at.cardIs('111')
  await at.proceed()
  await at.readBackIsOpen()
  const before = (await desk.acquirer.books()).payments
  await clockAhead(PAST_MS)
  await expect(lock()).toBeVisible()
  await unlock()
  await at.readBackIsOpen()
  await desk.page.getByRole('checkbox').first().focus()
  await at.readAloudAndConfirm()
  expect((await desk.acquirer.books()).payments).toEqual(before)
})
