import { expect, test, type Page } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { monthOfDay, registerKeypads, SAMPLE_KEYPADS } from '../support/keypad-rows'
import { operator } from '../support/operator'
import { axeFaults, layoutFaults, picture, resize, settled, watchShifts } from '../support/screen-faults'

/** A layout may move by less than this while a screen loads (CLS; 0.1 is what the web calls good). */
const MAX_SHIFT = 0.02

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const

let desk: DeskUnderTest

test.beforeAll(async () => {
  desk = await openDesk()
  await desk.page.getByLabel('メールアドレス').waitFor()
  registerKeypads(desk.folder, SAMPLE_KEYPADS)
})
test.afterAll(() => desk.close())

const go = (hash: string) => (page: Page) =>
  page.evaluate((to) => {
    window.location.hash = to
  }, hash)
const heading = (name: string | RegExp) => (page: Page) =>
  page.getByRole('heading', { name }).first().waitFor()

interface Screen {
  readonly name: string
  /** Comes to the screen from wherever the desk stands. */
  open(page: Page): Promise<unknown>
  /** Waits for what makes the screen this one. */
  here(page: Page): Promise<unknown>
  /** True when it is opened by loading the page anew. */
  readonly reloads?: boolean
  /** Leaves what would stand in the way of the next screen. */
  leave?(page: Page): Promise<unknown>
}

const escape = (page: Page) => page.keyboard.press('Escape')
const firstRow = (page: Page) => page.getByRole('row').nth(1).waitFor()

/** The list, then its first row by keyboard. */
const detail = (list: string) => async (page: Page) => {
  await go(list)(page)
  await firstRow(page)
  await page.getByRole('row').nth(1).click()
}

const SCREENS: readonly Screen[] = [
  { name: 'home', open: go('/'), here: heading('直近14日間の受注金額') },
  { name: 'orders', open: go('/orders'), here: firstRow },
  { name: 'order', open: detail('/orders'), here: heading('明細') },
  { name: 'calls', open: go('/calls'), here: firstRow },
  { name: 'customers', open: go('/customers'), here: firstRow },
  { name: 'customer', open: detail('/customers'), here: heading(/ 様$/) },
  { name: 'inspections', open: go('/inspections'), here: firstRow },
  {
    name: 'inspections-calendar',
    open: go(`/inspections?view=calendar&month=${monthOfDay(-3)}`),
    here: (page) =>
      page
        .getByRole('button', { name: /^超過 / })
        .first()
        .waitFor(),
  },
  {
    name: 'inspection',
    open: detail('/inspections'),
    here: async (page) => {
      await heading('台帳の内容')(page)
      await page.getByText('まだ点検の記録はありません。').waitFor()
    },
  },
  { name: 'options', open: go('/settings/options'), here: heading('申込メールの設定') },
  { name: 'keypads', open: go('/keypads'), here: firstRow },
  { name: 'keypad', open: detail('/keypads'), here: heading('テンキー情報') },
  {
    name: 'keypad-register',
    open: async (page) => {
      await detail('/keypads')(page)
      await page.getByRole('button', { name: /^(登録|設定変更)$/ }).click()
    },
    here: (page) => page.getByRole('dialog').getByRole('textbox', { name: '席' }).waitFor(),
    leave: escape,
  },
  {
    name: 'keypad-stop',
    open: async (page) => {
      await detail('/keypads')(page)
      await page.getByRole('button', { name: '使用停止' }).click()
    },
    here: (page) => page.getByRole('dialog').getByText('使用停止にすると').waitFor(),
    leave: escape,
  },
  { name: 'settings', open: go('/settings'), here: heading('重要項目設定') },
  {
    name: 'palette',
    open: async (page) => {
      await go('/')(page)
      await heading('直近14日間の受注金額')(page)
      await page
        .getByRole('banner')
        .getByRole('button', { name: /を検索/ })
        .click()
    },
    here: async (page) => {
      await page.getByRole('dialog').getByRole('combobox').fill('サトウ', { timeout: 5_000 })
      await page.getByRole('option').nth(1).waitFor()
    },
    leave: escape,
  },
  {
    name: 'shortcuts',
    open: async (page) => {
      await go('/')(page)
      await heading('直近14日間の受注金額')(page)
      await page.getByRole('button', { name: 'キー操作の一覧' }).click()
    },
    here: (page) => page.getByRole('dialog', { name: 'キー操作の一覧' }).waitFor(),
    leave: escape,
  },
  { name: 'help', open: go('/help/codes/106'), here: heading('エラーコード') },
  {
    name: 'help-panel',
    open: async (page) => {
      await go('/settings')(page)
      await heading('重要項目設定')(page)
      await page.keyboard.press('F1')
    },
    here: async (page) => {
      await page.getByRole('dialog').getByRole('combobox').fill('つうしん', { timeout: 5_000 })
      await page.getByRole('option').nth(3).waitFor()
    },
    leave: escape,
  },
  {
    name: 'diagnosis',
    open: async (page) => {
      await go('/settings')(page)
      await page.getByRole('button', { name: '診断' }).click()
    },
    here: (page) => page.getByText('異常はありません。').waitFor(),
    leave: escape,
  },
  {
    name: 'checkout',
    open: async (page) => {
      const at = operator(page)
      await at.newOrderFor('サトウ カズコ')
      await at.addProduct('A101', 2)
      await at.addProduct('馬油')
    },
    here: (page) => page.getByTestId('total').waitFor(),
  },
  {
    name: 'keypad-popup',
    open: async (page) => {
      const at = operator(page)
      await at.newOrderFor('サトウ カズコ')
      await at.addProduct('A101', 2)
      await at.openKeypad()
    },
    here: (page) => page.getByRole('dialog').getByText('テンキーの入力を待っています。').waitFor(),
    leave: async (page) => {
      await escape(page)
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    },
  },
]

async function judge(page: Page, screen: Screen, width: number): Promise<void> {
  const inPage = screen.reloads ? null : await watchShifts(page, false)
  await screen.open(page)
  await screen.here(page)
  await settled(page)
  const shifts = inPage ?? (await watchShifts(page, true))
  await picture(page, `${screen.name}-${width}`)
  const { sum, moved } = await shifts()
  // The elements are the same at both sizes, so is what axe finds.
  const faults = [...(await layoutFaults(page)), ...(width === 1366 ? await axeFaults(page) : [])]
  if (sum >= MAX_SHIFT) faults.push(`the layout moved by ${sum.toFixed(4)}: ${moved.join(', ')}`)
  await screen.leave?.(page)
  expect(faults, `${screen.name} at ${width}`).toEqual([])
}

const SIGN_IN: Screen = {
  name: 'sign-in',
  reloads: true,
  open: (page) => page.reload(),
  here: heading('サインイン'),
}

for (const { width, height } of SIZES) {
  test(`sign-in at ${width}×${height}`, async () => {
    await resize(desk, width, height)
    await judge(desk.page, SIGN_IN, width)
  })
}

test.describe('signed in', () => {
  test.beforeEach(async () => {
    await settled(desk.page)
    if ((await desk.page.getByRole('navigation', { name: 'メニュー' }).count()) === 0) await signIn(desk.page)
  })
  for (const { width, height } of SIZES) {
    for (const screen of SCREENS) {
      test(`${screen.name} at ${width}×${height}`, async () => {
        await resize(desk, width, height)
        await judge(desk.page, screen, width)
      })
    }
  }
})
