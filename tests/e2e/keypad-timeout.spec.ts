import { expect, test } from '@playwright/test'
import { ImportantSettings } from '../../src/contract/settings'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'
import { expectFaultless } from '../support/screen-faults'

const JCB = '3566002020360505'
const VISA = '4111111111111111'
const SHORTEST = 15
const LONGEST_WAIT = { timeout: (SHORTEST + 10) * 1000 }

let desk: DeskUnderTest
let at: Operator

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
  at = operator(desk.page)
  await setShortestWait()
})
test.afterAll(() => desk.close())

const popup = () => desk.page.getByRole('dialog')
const secondsLeft = async () => Number(/\d+/.exec(await popup().getByRole('timer').innerText())?.[0])
const tokens = async () => (await desk.acquirer.books()).tokens.length

/** Waits for the end of the time itself, and until the desk has let go of the keypad. */
async function timedOut() {
  await expect(popup().getByRole('alert')).toBeVisible(LONGEST_WAIT)
  await expect(popup().getByText('入力の待ち時間を過ぎました', { exact: true })).toBeVisible()
  await expect(desk.page.getByTestId('keypad-lamp')).toHaveAttribute('data-state', 'connected')
}

const pictures = () => expectFaultless(desk, 'popup-timed-out', { dark: false })

async function setShortestWait() {
  const { page } = desk
  await page.getByRole('link', { name: '設定', exact: true }).click()
  await page.getByRole('textbox', { name: '入力の待ち時間(秒)' }).fill(String(SHORTEST))
  await page.getByRole('button', { name: '設定を保存' }).click()
  await expect(page.getByText('設定を保存しました。')).toBeVisible()
}

test('no shorter wait can be set', async () => {
  const { page } = desk
  const allowed = ImportantSettings.shape.entryTimeoutSeconds
  expect([allowed.safeParse(SHORTEST).success, allowed.safeParse(SHORTEST - 1).success]).toEqual([
    true,
    false,
  ])
  const wait = page.getByRole('textbox', { name: '入力の待ち時間(秒)' })
  await wait.fill(String(SHORTEST - 1))
  await wait.press('Enter')
  await expect(page.getByText('範囲内の値を入力してください。')).toBeVisible()
})

test('the popup counts down, ends with the words of the help page, and takes no card any more', async () => {
  test.setTimeout(120_000)
  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101', 2)
  await at.openKeypad()
  const first = await secondsLeft()
  expect(first).toBeGreaterThan(SHORTEST - 5)
  expect(first).toBeLessThanOrEqual(SHORTEST)
  await expect.poll(secondsLeft, LONGEST_WAIT).toBeLessThanOrEqual(first - 3)
  await expect(popup().getByText('テンキーの入力を待っています。')).toBeVisible()

  await timedOut()
  await pictures()
  await expect(
    popup().getByText('もう一度テンキーパッドからクレジットカード情報を入力ください。', { exact: true }),
  ).toBeVisible()
  await expect(popup().getByRole('timer')).toHaveCount(0)

  const before = await tokens()
  expect(await desk.keypad.key(JCB)).toMatchObject({ delivered: false })
  const again = popup().getByRole('button', { name: /もう一度/ })
  await expect(again).toBeFocused()
  await desk.page.keyboard.press('Enter')
  await popup().getByText('テンキーの入力を待っています。').waitFor()
  expect(await secondsLeft()).toBeGreaterThan(SHORTEST - 5)
  expect(await tokens()).toBe(before)

  await desk.keypad.key(VISA)
  await at.cardIs('111')
  expect(await tokens()).toBe(before + 1)
  await expect(desk.page.getByText('下3桁 505')).toHaveCount(0)
  await expect(desk.page.getByRole('textbox', { name: '黒酢しょうが粒(30日分)の数量' })).toHaveValue('2')
  await at.proceed()
  await at.readBackIsOpen()
  await at.readAloudAndConfirm()
})

test('after the timeout Esc closes the popup, and F8 opens a new one with the whole time', async () => {
  test.setTimeout(120_000)
  await at.newOrderFor('サトウ カズコ')
  await at.openKeypad()
  await timedOut()
  await desk.page.keyboard.press('Escape')
  await popup().waitFor({ state: 'hidden' })
  expect(await desk.keypad.key(JCB)).toMatchObject({ delivered: false })
  await at.openKeypad()
  expect(await secondsLeft()).toBeGreaterThan(SHORTEST - 5)
  await desk.keypad.key(VISA)
  await at.cardIs('111')
})
