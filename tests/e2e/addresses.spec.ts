import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'
import { axeFaults, picture, resize, takesPictures } from '../support/screen-faults'

let desk: DeskUnderTest
let at: Operator

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
  at = operator(desk.page)
})
test.afterAll(() => desk.close())

const field = (name: string) => desk.page.getByRole('textbox', { name, exact: true })
const choice = (name: string) => desk.page.getByRole('combobox', { name, exact: true })
const towns = () => desk.page.getByRole('listbox', { name: '町域の候補' }).getByRole('option')

async function newCustomer(phone: string) {
  await at.newOrder()
  await desk.page.keyboard.type(phone)
  await desk.page.getByRole('option', { name: '新しい顧客として登録' }).waitFor()
  await desk.page.keyboard.press('Enter')
  await expect(field('姓')).toBeFocused()
}

const pictures = async (name: string) => {
  if (!takesPictures) return
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
  ] as const) {
    await resize(desk, width, height)
    for (const colorScheme of ['light', 'dark'] as const) {
      await desk.page.emulateMedia({ colorScheme })
      await picture(desk.page, `${name}-${width}-${colorScheme}`)
    }
  }
  await desk.page.emulateMedia({ colorScheme: 'light' })
}

test('a postal code fills the address by keyboard alone, and Enter goes to the 番地', async () => {
  const { page } = desk
  await newCustomer('0466123456')
  await choice('郵便番号').focus()
  await page.keyboard.type('１６０－００２３')
  await expect(choice('都道府県')).toHaveValue('東京都')
  await expect(field('市区町村')).toHaveValue('新宿区')
  await expect(field('町名・番地')).toHaveValue('西新宿')
  await page.keyboard.press('Enter')
  await expect(field('町名・番地')).toBeFocused()
  await page.keyboard.type('2-8-1')
  await expect(field('町名・番地')).toHaveValue('西新宿2-8-1')
  await page.getByRole('button', { name: '元に戻す' }).click()
  await expect(choice('都道府県')).toHaveValue('')
  await expect(field('町名・番地')).toHaveValue('')
})

test('several towns of one code are chosen by arrows and Enter, over prefectures too', async () => {
  const { page } = desk
  await newCustomer('0312345678')
  await choice('郵便番号').focus()
  await page.keyboard.type('4980000')
  await expect(towns()).toHaveText(['愛知県弥富市', '三重県桑名郡木曽岬町'])
  await pictures('address-choice')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(choice('都道府県')).toHaveValue('三重県')
  await expect(field('市区町村')).toHaveValue('桑名郡木曽岬町')
  await expect(field('町名・番地')).toBeFocused()
})

test('what was typed is kept until the person says otherwise; a code that nobody has is said calmly', async () => {
  const { page } = desk
  await newCustomer('0312345679')
  await choice('都道府県').fill('大阪府')
  await field('市区町村').fill('大阪市北区')
  await choice('郵便番号').fill('9999999')
  await expect(page.getByText('この郵便番号は見つかりません。', { exact: false })).toBeVisible()
  await choice('郵便番号').fill('1600023')
  await expect(page.getByText('入力済みの住所と異なります。', { exact: false })).toBeVisible()
  await expect(field('市区町村')).toHaveValue('大阪市北区')
  await page.getByRole('button', { name: 'この住所に置き換える' }).click()
  await expect(field('市区町村')).toHaveValue('新宿区')
})

test('an address finds its codes', async () => {
  const { page } = desk
  await newCustomer('0312345670')
  await choice('都道府県').fill('東京都')
  await field('市区町村').fill('新宿区')
  await field('町名・番地').fill('西新宿2-8-1')
  await choice('郵便番号').focus()
  await page.getByRole('option', { name: '〒160-0023 東京都新宿区西新宿' }).waitFor()
  await page.keyboard.press('Enter')
  await expect(choice('郵便番号')).toHaveValue('1600023')
  await expect(field('町名・番地')).toHaveValue('西新宿2-8-1')
})

test('the line of a label is checked while typing, and the building moves to its field', async () => {
  const { page } = desk
  await newCustomer('0312345671')
  await choice('郵便番号').fill('1600023')
  await expect(field('町名・番地')).toHaveValue('西新宿')
  await field('町名・番地').fill('西新宿2-8-1 東京都庁第一本庁舎北塔')
  await expect(page.getByText('全角16文字まで', { exact: false })).toBeVisible()
  await pictures('address-line')
  await page.getByRole('button', { name: '建物名の欄へ移す' }).click()
  await expect(field('町名・番地')).toHaveValue('西新宿2-8-1')
  await expect(field('建物名・部屋番号')).toHaveValue('東京都庁第一本庁舎北塔')
  await expect(page.getByText('全角16文字まで', { exact: false })).toHaveCount(0)
})

test('a phone number takes its hyphens when it is left', async () => {
  await newCustomer('0466123456')
  await field('電話番号').focus()
  await field('電話番号').fill('０４６６１２３４５６')
  await desk.page.keyboard.press('Enter')
  await expect(field('電話番号')).toHaveValue('0466-12-3456')
  await field('電話番号').fill('031234567')
  await desk.page.keyboard.press('Enter')
  await expect(desk.page.getByText('桁数が足りないようです。ご確認ください。')).toBeVisible()
})

test('days and slots are those that can be promised, with the reason', async () => {
  const { page } = desk
  await at.newOrderFor('サトウ カズコ')
  await expect(page.getByText(/^最短お届け日 /)).toBeVisible()
  await expect(page.getByRole('radiogroup', { name: '時間帯(ヤマト運輸)' }).getByRole('radio')).toHaveCount(6)
  await page.getByRole('radio', { name: '19時から21時' }).check({ force: true })
  const dates = page.getByRole('combobox', { name: 'お届け日' })
  await dates.selectOption({ index: 3 })
  await expect(page.getByRole('radio', { name: '19時から21時' })).toBeChecked()
  await page.getByText(/^最短お届け日 /).scrollIntoViewIfNeeded()
  await pictures('delivery-time')
  expect(await axeFaults(page)).toEqual([])
})
