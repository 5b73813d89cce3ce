import { expect, test, type Locator } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { DESK_KEYS, openIme, type Ime } from '../support/ime'
import { operator, type Operator } from '../support/operator'

let desk: DeskUnderTest
let at: Operator
let ime: Ime

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
  at = operator(desk.page)
  ime = await openIme(desk.page)
})
test.afterAll(() => desk.close())

const field = (name: string) => desk.page.getByRole('textbox', { name, exact: true })
const customerSearch = () => desk.page.getByRole('combobox', { name: '電話番号・お名前・カナで検索' })
const productSearch = () => desk.page.getByRole('combobox', { name: '商品コード・商品名・カナで検索' })
const quantities = () => desk.page.getByRole('textbox', { name: /の数量$/ })
const dialog = () => desk.page.getByRole('dialog')
const options = () => desk.page.getByRole('listbox').getByRole('option')

/** Presses everything that the desk listens to while `text` is being composed: the desk stays as it is. */
async function nothingActs(composing: Locator, text: string): Promise<void> {
  const { page } = desk
  const before = { place: page.url(), dialogs: await dialog().count(), chosen: await chosenOption() }
  await expect(composing).toHaveValue(text)
  for (const key of DESK_KEYS) {
    await ime.press(key)
    await expect(composing, key.key).toBeFocused({ timeout: 1000 })
    await expect(composing, key.key).toHaveValue(text)
    expect(
      { place: page.url(), dialogs: await dialog().count(), chosen: await chosenOption() },
      key.key,
    ).toEqual(before)
  }
  await expect(page.getByRole('alert')).toHaveCount(0)
}

/** The row of results that Enter would take now. */
const chosenOption = async (): Promise<string | null> => {
  const chosen = desk.page.getByRole('listbox').getByRole('option', { selected: true })
  return (await chosen.count()) === 0 ? null : chosen.first().innerText()
}

async function newCustomer(phone: string) {
  await at.newOrder()
  await desk.page.keyboard.type(phone)
  await desk.page.getByRole('option', { name: '新しい顧客として登録' }).waitFor()
  await desk.page.keyboard.press('Enter')
  await expect(field('姓')).toBeFocused()
}

test('the keys of these tests come to the page as an input method sends them', async () => {
  await newCustomer('09099990000')
  await desk.page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    window.addEventListener('keydown', (e) => seen.push(`${e.key} ${e.keyCode} ${e.isComposing}`), true)
  })
  await ime.compose('す')
  await ime.press({ key: 'F8', code: 'F8', keyCode: 119 })
  await ime.commit('巣')
  await desk.page.keyboard.press('F9')
  const seen: unknown = await desk.page.evaluate(() => Reflect.get(window, 'seen'))
  expect(seen).toEqual(['Process 229 true', 'F8 119 true', 'F9 120 false'])
})

test('a name is composed in the form of a new customer: no key acts, and then all of them do', async () => {
  const { page } = desk
  await newCustomer('09099990001')
  await ime.compose('s', 'す', 'すz', 'すず', 'すずき', '鈴木')
  await nothingActs(field('姓'), '鈴木')
  await ime.commit('鈴木')
  await expect(field('姓')).toHaveValue('鈴木')
  await expect(field('セイ')).toHaveValue('スズキ')
  await expect(page.getByText(/下書き保存済み/)).toBeVisible()

  await page.keyboard.press('Enter')
  await expect(field('名')).toBeFocused()
  await at.openKeypad()
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'hidden' })
  await expect(field('名')).toBeFocused()
  await page.keyboard.press('F12')
  await expect(page.getByRole('alert').first()).toBeVisible()
  await expect(page.getByTestId('checkout-stage-editing')).toBeVisible()
})

test('a composition that is cancelled leaves the name, its reading and the desk as they were', async () => {
  await newCustomer('09099990002')
  await ime.compose('は', 'はな')
  await nothingActs(field('姓'), 'はな')
  await ime.compose('')
  await expect(field('姓')).toHaveValue('')
  await expect(field('セイ')).toHaveValue('')
  await ime.compose('は', 'はやし', '林')
  await ime.commit('林')
  await expect(field('セイ')).toHaveValue('ハヤシ')
})

test('a customer is looked for while composing: nobody is chosen until the text is there', async () => {
  await at.newOrder()
  await ime.compose('s', 'さ', 'さとう', 'サトウ カズコ')
  await desk.page.getByText('1件見つかりました').waitFor()
  await nothingActs(customerSearch(), 'サトウ カズコ')
  await expect(options().first()).toBeVisible()
  await ime.commit('サトウ カズコ')
  await desk.page.keyboard.press('Escape')
  await expect(options()).toHaveCount(0)
  await desk.page.keyboard.press('ArrowDown')
  await desk.page.getByText('1件見つかりました').waitFor()
  await desk.page.keyboard.press('Enter')
  await desk.page.getByText('別の顧客を選ぶ').waitFor()
})

test('a product is looked for while composing: no line is added until the text is there', async () => {
  await at.newOrderFor('サトウ カズコ')
  const lines = await quantities().count()
  await productSearch().focus()
  await ime.compose('く', 'くろず', '黒酢')
  await options().first().waitFor()
  await nothingActs(productSearch(), '黒酢')
  expect(await quantities().count()).toBe(lines)
  await ime.commit('黒酢')
  await options().first().waitFor()
  await desk.page.keyboard.press('Enter')
  await expect(quantities()).toHaveCount(lines + 1)
  await expect(quantities().last()).toBeFocused()

  await desk.page.keyboard.press('Control+a')
  await ime.compose('３')
  for (const key of DESK_KEYS) await ime.press(key)
  await expect(quantities().last()).toBeFocused()
  await ime.commit('３')
  await desk.page.keyboard.press('Enter')
  await expect(quantities().last()).toHaveValue('3')
})

test('a remark is composed: F8 and F12 belong to the input method', async () => {
  await at.newOrderFor('サトウ カズコ')
  const note = desk.page.getByRole('textbox', { name: '備考' })
  await note.focus()
  await ime.compose('のし', '熨斗')
  await nothingActs(note, '熨斗')
  await ime.commit('熨斗')
  await at.openKeypad()
  await desk.page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'hidden' })
  await expect(note).toHaveValue('熨斗')
  await expect(note).toBeFocused()
})

test('a call waits while a name is composed: F3 answers it when the text is there, and not before', async () => {
  const { page } = desk
  await newCustomer('09099990003')
  const ringing = page.getByTestId('ringing')
  await ime.compose('す', 'すず', '鈴木')
  await desk.app.evaluate(({ app }) => {
    const argv = ['uketsuke', '--call', '0398760001']
    app.emit('second-instance', {}, argv, '', { argv })
  })
  await expect(ringing).toContainText('03-9876-0001')
  await nothingActs(field('姓'), '鈴木')
  await ime.press({ key: 'Tab', code: 'Tab', keyCode: 9, ctrl: true })
  await expect(field('姓')).toBeFocused()
  await expect(ringing).toContainText('03-9876-0001')
  await ime.commit('鈴木')
  await expect(field('姓')).toHaveValue('鈴木')
  await page.keyboard.press('F3')
  await expect(field('電話番号')).toHaveValue('0398760001')
  await expect(ringing).toHaveCount(0)
})

test('the search of Ctrl+K stays open while composing, and Esc closes it afterwards', async () => {
  await desk.page.keyboard.press('Control+k')
  const search = dialog().getByRole('combobox')
  await expect(search).toBeFocused()
  await ime.compose('さ', 'さとう', '佐藤')
  await options().first().waitFor()
  await nothingActs(search, '佐藤')
  await ime.commit('佐藤')
  await options().first().waitFor()
  await desk.page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'hidden' })
})
