import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import DatabaseFile from 'better-sqlite3'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'
import { axeFaults, colour, layoutFaults, picture, resize, settled } from '../support/screen-faults'

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const

// Each test goes on where the one before ended.
test.describe.configure({ mode: 'serial' })

let desk: DeskUnderTest
let at: Operator
let known: { id: string; name: string; phone: string }

const write = <T>(work: (file: DatabaseFile.Database) => T): T => {
  const file = new DatabaseFile(join(desk.folder, 'desk', 'training.db'))
  try {
    return work(file)
  } finally {
    file.close()
  }
}
const go = (hash: string) =>
  desk.page.evaluate((to) => {
    window.location.hash = to
  }, hash)

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
  at = operator(desk.page)
  known = write((file) => {
    const row = file
      .prepare<[], typeof known>(
        `select id, family_name || ' ' || given_name as name, phone from customer
         where phone in (select phone from customer group by phone having count(*) = 1)
           and id in (select customer_id from sales_order) order by number limit 1`,
      )
      .get()
    if (!row) throw new Error('no customer')
    return row
  })
})
test.afterAll(() => desk.close())

const identity = () => desk.page.getByTestId('identity')
const reminder = () => desk.page.getByTestId('callback-reminder')
const contacts = () => desk.page.getByTestId('contact')

test('本人確認 is asked, recorded without the answers, and over with the call', async () => {
  const { page } = desk
  await go(`/customers/${known.id}`)
  await expect(identity()).toContainText('本人確認前:お伝えできません')
  await page.getByRole('button', { name: '本人確認をはじめる' }).click()
  const dialog = page.getByRole('dialog', { name: '本人確認' })
  await dialog.getByRole('checkbox', { name: 'お名前(カナ) 一致', exact: true }).click()
  await expect(dialog.getByRole('button', { name: '確認できなかったと記録する' })).toBeEnabled()
  await dialog.getByRole('checkbox', { name: '電話番号 一致', exact: true }).click()
  expect(await axeFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: '確認できたと記録する' }).click()
  await expect(identity()).toContainText('本人確認済み')
  await page.getByRole('link', { name: '対応履歴・折り返し' }).click()
  await expect(contacts().first()).toContainText('一致: お名前(カナ)、電話番号')
  await expect(contacts().first()).not.toContainText(known.phone)
  await page.getByRole('button', { name: '通話を終えた' }).click()
  await expect(identity()).toContainText('本人確認前')
})

test('a contact is written with a template, found, raised to the SV, answered and closed', async () => {
  const { page } = desk
  await page.getByRole('button', { name: '対応を記録' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '定型文' }).click()
  await page.getByRole('option', { name: '返品の受付' }).click()
  const body = dialog.getByRole('textbox', { name: '内容' })
  await expect(body).toHaveValue(/返品のご希望を承りました/)
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('textbox', { name: '内容・用件・お名前で検索' }).fill('返送方法')
  await expect(contacts()).toHaveCount(1)
  await contacts().getByRole('button', { name: 'SVに相談する' }).click()
  await dialog.getByRole('textbox', { name: '相談したい内容' }).fill('送料を当店で負担してよいか')
  await dialog.getByRole('button', { name: '相談を送る' }).click()
  await expect(contacts()).toContainText('SVの回答待ち')
  await go('/')
  await expect(page.getByText('回答を待っているSVエスカレーションが1件あります。')).toBeVisible()
  await go(`/customers/${known.id}?tab=contacts`)
  await page.getByRole('button', { name: 'SVとして回答する' }).click()
  await dialog.getByRole('textbox', { name: '回答' }).fill('当店負担で結構です')
  await dialog.getByRole('button', { name: '回答する', exact: true }).click()
  await expect(page.getByText(/回答\(.*\): 当店負担で結構です/)).toBeVisible()
  await page.getByRole('button', { name: '相談を完了にする' }).click()
  await expect(page.getByText('SVへの相談(完了)')).toBeVisible()
})

test('a stale correction shows both versions and loses neither', async () => {
  const { page } = desk
  await page
    .getByRole('button', { name: /の対応を編集$/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '内容' }).fill('こちらで書いた内容')
  write((file) =>
    file
      .prepare(
        `update contact_log set body = 'ほかの席の内容', version = version + 1
         where customer_id = ? and kind = 'contact'`,
      )
      .run(known.id),
  )
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog.getByRole('alert')).toContainText('ほかの席の内容')
  await expect(dialog.getByRole('textbox', { name: '内容' })).toHaveValue('こちらで書いた内容')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog).toBeHidden()
  await expect(contacts().filter({ hasText: 'こちらで書いた内容' })).toHaveCount(1)
})

test('a stale save of the file keeps what was typed and takes what others changed', async () => {
  const { page } = desk
  await go(`/customers/${known.id}`)
  await page.getByRole('textbox', { name: '会社名' }).fill('こちらの会社')
  write((file) =>
    file
      .prepare(
        `update customer set company = 'ほかの会社', birthday = '1970-01-02', version = version + 1 where id = ?`,
      )
      .run(known.id),
  )
  await page.getByRole('button', { name: 'その他の情報を保存' }).click()
  await expect(page.getByRole('alert')).toContainText('会社名: ほかの画面の値は「ほかの会社」')
  await expect(page.getByRole('textbox', { name: '会社名' })).toHaveValue('こちらの会社')
  await expect(page.getByRole('textbox', { name: '生年月日' })).toHaveValue('1970/01/02')
  await page.getByRole('button', { name: 'その他の情報を保存' }).click()
  await expect(page.getByText('その他の情報を保存しました。')).toBeVisible()
})

test('a pinned note stands in the customer and in the order form until it is done', async () => {
  const { page } = desk
  await page.getByRole('button', { name: '申し送りを残す' }).click()
  await page.getByRole('textbox', { name: '次に応対する人へ' }).fill('新茶をご案内する')
  await page.getByRole('dialog').getByRole('button', { name: '申し送りを残す' }).click()
  await expect(page.getByTestId('pinned-notes')).toContainText('新茶をご案内する')
  await at.newOrderFor(known.phone)
  await expect(page.getByTestId('pinned-notes')).toContainText('新茶をご案内する')
  await page.getByRole('button', { name: '申し送り「新茶をご案内する」を済みにする' }).click()
  await expect(page.getByTestId('pinned-notes')).toHaveCount(0)
})

test('a callback reminds wherever the operator is, and takes no focus during a card entry', async () => {
  const { page } = desk
  await go(`/customers/${known.id}?tab=contacts`)
  await page.getByRole('button', { name: '折り返しを予約' }).click()
  await page.getByRole('textbox', { name: '用件', exact: true }).fill('在庫のご案内')
  await page.getByRole('button', { name: '予約する' }).click()
  await expect(page.getByTestId('callback')).toContainText('在庫のご案内')
  await at.newOrderFor(known.phone)
  await at.addProduct('煎茶')
  await at.openKeypad()
  const focused = await page.evaluateHandle(() => document.activeElement)
  write((file) =>
    file
      .prepare('update callback set due_at = ?, remind_at = ? where customer_id = ?')
      .run(Date.now() - 60_000, Date.now() - 60_000, known.id),
  )
  await expect(reminder()).toContainText(`${known.name} 様`, { timeout: 20_000 })
  expect(await page.evaluate((one) => one === document.activeElement, focused)).toBe(true)
  await expect(page.getByRole('dialog').getByText('テンキーの入力を待っています。')).toBeVisible()
  await desk.keypad.key('4111111111111111')
  await at.cardIs('111')
  await picture(page, 'callback-reminder-1366x768-light')
  await go('/')
  await expect(page.getByText(/折り返しの予定時刻を過ぎたお客様が1名います/)).toBeVisible()
  await reminder().getByRole('button', { name: '顧客を開く' }).click()
  await page.getByRole('heading', { name: `${known.name} 様` }).waitFor()
  await reminder().getByRole('button', { name: '10分後に' }).click()
  await expect(reminder()).toHaveCount(0)
  await page.getByRole('button', { name: `${known.name} 様への折り返しを完了` }).click()
  await expect(contacts().first()).toContainText('在庫のご案内')
})

const SCREENS = [
  ['customer', () => `/customers/${known.id}`],
  ['customer-contacts', () => `/customers/${known.id}?tab=contacts`],
  ['customer-orders', () => `/customers/${known.id}?tab=orders`],
  ['customer-payments', () => `/customers/${known.id}?tab=payments`],
  ['contacts', () => '/contacts'],
  ['callbacks', () => '/contacts/callbacks'],
  ['contact-settings', () => '/settings/contacts'],
] as const

for (const scheme of ['light', 'dark'] as const) {
  for (const size of SIZES) {
    test(`the screens stand at ${size.width}×${size.height}, ${scheme}`, async () => {
      const { page } = desk
      await colour(page, scheme)
      await resize(desk, size.width, size.height)
      const faults: Record<string, string[]> = {}
      for (const [name, address] of SCREENS) {
        await go(address())
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        await settled(page)
        await picture(page, `${name}-${size.width}x${size.height}-${scheme}`)
        // The elements are the same at both sizes and in the dark, so is what axe finds but for the colours.
        const rules = scheme === 'light' ? 'all' : 'colours'
        const axe = size.width === 1366 ? await axeFaults(page, rules) : []
        const found = [...axe, ...(await layoutFaults(page))]
        if (found.length > 0) faults[name] = found
      }
      expect(faults).toEqual({})
    })
  }
}
