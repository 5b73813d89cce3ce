import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'

let desk: DeskUnderTest
let at: Operator

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
  at = operator(desk.page)
})
test.afterAll(() => desk.close())
test.afterEach(() => desk.acquirer.clear())

const VISA = '4111111111111111'

async function formWithCard(pan: string, last3: string) {
  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101', 2)
  await at.openKeypad()
  await desk.keypad.key(pan)
  await at.cardIs(last3)
}

const authorized = async () =>
  (await desk.acquirer.books()).payments.filter((row) => row.state === 'authorized')
const panel = () => desk.page.getByRole('alert', { name: '手続きのエラー' })

test('a phone order without the mouse: customer, lines, card, read-back, order', async () => {
  const before = (await authorized()).length
  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101', 2)
  await at.addProduct('馬油')
  await at.openKeypad()
  await desk.keypad.key('3566002020360505')
  await at.cardIs('505')
  await expect(desk.page.getByTestId('total')).toHaveText(/¥8,680/)
  await at.proceed()
  await at.readBackIsOpen()
  await expect(desk.page.getByText('JCB', { exact: false }).first()).toBeVisible()
  const number = await at.readAloudAndConfirm()
  expect(number).toMatch(/\d{6}/)
  const now = await authorized()
  expect(now.length).toBe(before + 1)
  expect(now.at(-1)).toMatchObject({ amount: 8680, moto: 1, initiator: 'customer' })
})

for (const { pan, last3, code, message } of [
  { pan: '4000000000000002', last3: '002', code: '101', message: 'このカードは利用できません。' },
  { pan: '4000000000006975', last3: '975', code: '102', message: 'カードの利用限度額を超えています。' },
  { pan: '4000000000009987', last3: '987', code: '301', message: 'このカードは利用できません。' },
]) {
  test(`decline ${code}: the form is kept, words to say are shown, another card goes through`, async () => {
    await formWithCard(pan, last3)
    await at.proceed()
    await expect(panel().getByText(`コード ${code}`)).toBeVisible()
    await expect(panel().getByText(message)).toBeVisible()
    await expect(
      panel().getByText('ほかのカード、またはほかのお支払方法を', { exact: false }).first(),
    ).toBeVisible()
    await expect(desk.page.getByRole('textbox', { name: '黒酢しょうが粒(30日分)の数量' })).toHaveValue('2')
    await at.openKeypad()
    await desk.keypad.key(VISA)
    await at.cardIs('111')
    await at.proceed()
    await at.readBackIsOpen()
    await at.readAloudAndConfirm()
  })
}

test('the popup: a grey click does not close it, Esc does, and a late frame is wiped', async () => {
  await at.newOrderFor('サトウ カズコ')
  await at.openKeypad()
  await desk.page.mouse.click(20, 400)
  await expect(desk.page.getByRole('dialog')).toBeVisible()
  await desk.page.keyboard.press('Escape')
  await desk.page.getByRole('dialog').waitFor({ state: 'hidden' })
  await expect(desk.page.getByTestId('keypad-lamp')).toHaveAttribute('data-state', 'connected')
  expect(await desk.keypad.key(VISA)).toMatchObject({ delivered: false })
  await expect(desk.page.getByText('下3桁 111')).toHaveCount(0)
})

test('a misread is said and the entry goes on', async () => {
  await at.newOrderFor('サトウ カズコ')
  await at.openKeypad()
  await desk.keypad.key(VISA, { fault: 'broken-lrc' })
  const dialog = desk.page.getByRole('dialog')
  await expect(
    dialog.getByText('もう一度テンキーパッドからクレジットカード情報を入力ください。'),
  ).toBeVisible()
  await desk.keypad.key(VISA)
  await at.cardIs('111')
})

test('a device that sends clear digits is refused', async () => {
  await at.newOrderFor('サトウ カズコ')
  await at.openKeypad()
  await desk.keypad.key(VISA, { fault: 'plaintext' })
  await expect(
    desk.page.getByRole('dialog').getByText('テンキーパッドの接続状況や設定を確認ください。'),
  ).toBeVisible()
  await desk.page.keyboard.press('Escape')
})

test('a cable pulled in the middle of an entry loses nothing', async () => {
  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101')
  await at.openKeypad()
  await desk.keypad.plug(false)
  await expect(
    desk.page.getByRole('dialog').getByText('テンキーパッドの接続状況や設定を確認ください。'),
  ).toBeVisible()
  await desk.page.keyboard.press('Escape')
  await desk.keypad.plug(true)
  await expect(desk.page.getByTestId('keypad-lamp')).toHaveAttribute('data-state', 'connected')
  await at.openKeypad()
  await desk.keypad.key(VISA)
  await at.cardIs('111')
})

test('tokenization without an answer: key again, nothing was charged', async () => {
  await at.newOrderFor('サトウ カズコ')
  await desk.acquirer.fault('tokens', { kind: 'commit-then-cut' })
  await at.openKeypad()
  await desk.keypad.key(VISA)
  const dialog = desk.page.getByRole('dialog')
  await expect(
    dialog.getByText('もう一度テンキーパッドからクレジットカード情報を入力ください。'),
  ).toBeVisible()
  await dialog.getByRole('button', { name: /もう一度/ }).click()
  await dialog.getByText('テンキーの入力を待っています。').waitFor()
  await desk.keypad.key(VISA)
  await at.cardIs('111')
})

for (const fault of ['commit-then-500', 'commit-then-cut', 'commit-then-garbage']) {
  test(`an authorization answered by ${fault}: 結果不明 → 照会 → one charge at most`, async () => {
    await formWithCard(VISA, '111')
    const before = (await authorized()).length
    await desk.acquirer.fault('authorize', { kind: fault })
    await at.proceed()
    await expect(panel().getByText('結果不明', { exact: false }).first()).toBeVisible()
    await desk.page.getByRole('button', { name: '照会' }).click()
    await at.readBackIsOpen()
    await at.readAloudAndConfirm()
    expect((await authorized()).length).toBe(before + 1)
  })
}

test('two presses of F12 make one authorization', async () => {
  await formWithCard(VISA, '111')
  const before = (await desk.acquirer.books()).payments.length
  await desk.acquirer.fault('authorize', { kind: 'slow', ms: 400 })
  await desk.page.keyboard.press('F12')
  await desk.page.keyboard.press('F12')
  await at.readBackIsOpen()
  expect((await desk.acquirer.books()).payments.length).toBe(before + 1)
})

test('戻る keeps the hold of an unchanged order and voids it on wish', async () => {
  await formWithCard(VISA, '111')
  await at.proceed()
  await at.readBackIsOpen()
  const before = (await desk.acquirer.books()).payments.length
  await desk.page.keyboard.press('F9')
  await desk.page.getByRole('button', { name: /与信を残して戻る/ }).click()
  await desk.page.getByTestId('checkout-stage-editing').waitFor()
  await at.proceed()
  await at.readBackIsOpen()
  expect((await desk.acquirer.books()).payments.length).toBe(before)
  await desk.page.keyboard.press('F9')
  await desk.page.getByRole('button', { name: /与信を取り消して戻る/ }).click()
  await desk.page.getByTestId('checkout-stage-editing').waitFor()
  expect((await desk.acquirer.books()).payments.at(-1)).toMatchObject({ state: 'voided' })
})
