import { expect, test } from '@playwright/test'
import { SAVE_DELAY_MS } from '../../src/renderer/src/checkout/draft/draft'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'
import {
  axeFaults,
  colour,
  expectFaultless,
  layoutFaults,
  picture,
  resize,
  settled,
} from '../support/screen-faults'

// Each test goes on where the one before ended.
test.describe.configure({ mode: 'serial' })

let desk: DeskUnderTest
let at: Operator

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
  at = operator(desk.page)
})
test.afterAll(() => desk.close())

const tabs = () => desk.page.getByTestId('order-tab')
const current = () => desk.page.locator('[data-testid=order-tab][data-current]')
const note = () => desk.page.getByRole('textbox', { name: '備考' })
const press = (key: string) => desk.page.keyboard.press(key)
const form = () => desk.page.getByTestId('checkout-stage-editing')

/** Loads the page anew in such a way that the test can speak through its port, too. */
async function keepPort(): Promise<void> {
  await desk.page.addInitScript(() => {
    const Original = window.MessageChannel
    const ends = new Map<unknown, MessagePort>()
    window.MessageChannel = class extends Original {
      constructor() {
        super()
        ends.set(this.port2, this.port1)
      }
    }
    const post = window.postMessage.bind(window)
    Object.assign(window, {
      postMessage: (message: unknown, origin: string, ports: Transferable[]) => {
        if (message === 'uketsuke:open') Object.assign(window, { portOfTest: ends.get(ports[0]) })
        post(message, origin, ports)
      },
    })
  })
  await desk.page.reload()
  await desk.page.getByRole('navigation', { name: 'メニュー' }).waitFor()
}

/** Saves a draft as another window of this PC would: the screen is not told. */
const saveBehindItsBack = (id: string, change: object) =>
  desk.page.evaluate(
    async ([checkoutId, fields]) => {
      const port: unknown = Reflect.get(window, 'portOfTest')
      if (!(port instanceof MessagePort)) throw new Error('no port')
      const call = (path: string, json: object) =>
        new Promise<{ version: number; form: object }>((done) => {
          const i = `test-${path}`
          const listen = ({ data }: MessageEvent<unknown>) => {
            const answer = JSON.parse(String(data)) as {
              i: string
              p: { b?: { json: { version: number; form: object } } }
            }
            if (answer.i !== i || !answer.p.b) return
            port.removeEventListener('message', listen)
            done(answer.p.b.json)
          }
          port.addEventListener('message', listen)
          port.postMessage(JSON.stringify({ i, p: { u: path, b: { json } } }))
        })
      const { version, form } = await call('/checkout/get', { checkoutId })
      await call('/checkout/save', { checkoutId, version, form: { ...form, ...fields } })
    },
    [id, change] as const,
  )

test('F2 opens one order after the other, the keys go between them, and each keeps its own', async () => {
  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101', 3)
  await press('F2')
  await expect(tabs()).toHaveCount(2)
  await at.newOrder()
  await expect(tabs(), 'an untouched order is used again').toHaveCount(2)
  await desk.page.keyboard.type('0312345678')
  await expect(current()).toContainText('03-1234-5678')
  await press('F2')
  await expect(tabs()).toHaveCount(3)
  await note().fill('三番目')
  await press('Control+1')
  await expect(current()).toContainText('佐藤 和子')
  await expect(desk.page.getByRole('textbox', { name: '黒酢しょうが粒(30日分)の数量' })).toHaveValue('3')
  await press('Control+Tab')
  await expect(current()).toContainText('03-1234-5678')
  await press('Control+Tab')
  await expect(note()).toHaveValue('三番目')
  await press('Control+Tab')
  await expect(current()).toContainText('佐藤 和子')
  await press('Control+Shift+Tab')
  await expect(note()).toHaveValue('三番目')
})

test('保留 shows the time left in the tab; the tab leads back', async () => {
  await press('Control+1')
  await desk.page.getByRole('button', { name: '保留', exact: true }).click()
  await desk.page.getByRole('heading', { name: 'ホーム' }).waitFor()
  await press('Control+2')
  await expect(tabs().first()).toContainText(/保留 (10:00|9:\d\d)/)
  await expectFaultless(desk, 'order-tabs', { dark: false })
  await press('Control+1')
  await desk.page.getByRole('button', { name: '保留を解除' }).click()
  await expect(tabs().first()).toContainText('入力中')
})

test('a card that is keyed in one tab stays with it', async () => {
  await press('Control+1')
  await at.openKeypad()
  await press('Control+2')
  await expect(current()).toContainText('佐藤 和子')
  await desk.keypad.key('4111111111111111')
  await at.cardIs('111')
  await press('Control+2')
  await expect(current()).toContainText('03-1234-5678')
  await expect(desk.page.getByText('下3桁 111')).toHaveCount(0)
  await press('Control+1')
  await expect(desk.page.getByText('下3桁 111').first()).toBeVisible()
  await at.proceed()
  await at.readBackIsOpen()
  await expect(current()).toContainText('確認画面')
  await press('Control+2')
  await form().waitFor()
  await press('Control+1')
  await at.readBackIsOpen()
  await at.readAloudAndConfirm()
  await expect(tabs()).toHaveCount(2)
})

test('closing asks, says where the draft goes, and leads to the next tab', async () => {
  await press('Control+1')
  await expect(current()).toContainText('03-1234-5678')
  await current()
    .getByRole('button', { name: /を閉じる$/ })
    .click()
  await expect(desk.page.getByRole('dialog')).toContainText('途中の注文')
  await press('Escape')
  await expect(tabs()).toHaveCount(2)
  await current()
    .getByRole('button', { name: /を閉じる$/ })
    .click()
  await press('Enter')
  await expect(tabs()).toHaveCount(1)
  await expect(note()).toHaveValue('三番目')
  await press('F2')
  await expect(tabs()).toHaveCount(2)
  await current()
    .getByRole('button', { name: /を閉じる$/ })
    .click()
  await expect(tabs(), 'an empty order closes without a question').toHaveCount(1)
})

test('the tenth order makes room by itself, says which one was closed, and no keystroke waits', async () => {
  for (let open = 2; open <= 9; open++) {
    await press('F2')
    await expect(tabs()).toHaveCount(open)
    await form().waitFor()
    await note().fill(`注文 ${open}`)
    await expect(desk.page.getByText(/下書き保存済み/)).toBeVisible()
  }
  await press('Control+1')
  await expect(note()).toHaveValue('三番目')
  await note().press('End')
  await desk.page.keyboard.type('の続き')
  await expect(desk.page.getByText(/下書き保存済み/)).toBeVisible()
  await at.newOrder()
  await expect(tabs()).toHaveCount(9)
  await expect(desk.page.getByText('のタブを閉じました。', { exact: false })).toBeVisible()
  await note().fill('注文 10')
  await expect(desk.page.getByText(/下書き保存済み/)).toBeVisible()
  expect(await axeFaults(desk.page)).toEqual([])
  await resize(desk, 1366, 768)
  await settled(desk.page)
  await picture(desk.page, 'order-tabs-nine-1366')
  expect(await layoutFaults(desk.page)).toEqual([])
  await press('Control+2')
  await expect(note(), 'the second rested longest').toHaveValue('注文 3')
})

test('killed while typing: every tab is back, with every keystroke older than the delay', async () => {
  await press('Control+1')
  await expect(note()).toHaveValue('三番目の続き')
  await note().focus()
  await press('End')
  const times: number[] = []
  // Typing never pauses for as long as a save waits.
  for (let typed = 0; typed < 40; typed++) {
    await desk.page.keyboard.type('あ')
    times.push(performance.now())
  }
  await desk.page.waitForFunction((length) => {
    const field = document.querySelector('textarea[data-path=note]')
    return field instanceof HTMLTextAreaElement && field.value.length >= length
  }, 46)
  await expect
    .poll(() => performance.now() - (times.at(-1) ?? 0), { intervals: [20] })
    .toBeGreaterThan(SAVE_DELAY_MS + 250)
  await desk.page.keyboard.type('い')
  await desk.kill()
  await desk.restart()
  await signIn(desk.page)
  await press('Control+1')
  await expect(tabs()).toHaveCount(9)
  await expect(note()).toHaveValue(/^三番目の続きあ{40}い?$/)
  await press('Control+8')
  await expect(note()).toHaveValue('注文 9')
})

test('another window has saved the draft meanwhile: both versions, a choice for each field, nothing lost', async () => {
  const { page } = desk
  await keepPort()
  await press('Control+7')
  await expect(note()).toHaveValue('注文 8')
  await note().fill('注文 8 この画面')
  await expect(page.getByText(/下書き保存済み/)).toBeVisible()
  const id = /checkout\/([\w-]+)/.exec(page.url())?.[1] ?? ''
  await saveBehindItsBack(id, {
    note: 'ほかの画面',
    customer: { kind: 'none', phone: '0399990000' },
  })
  await note().fill('注文 8 この画面で変更')
  const dialog = page.getByRole('dialog', { name: 'ほかの画面でこの注文が更新されています' })
  await dialog.waitFor()
  await expect(dialog.getByTestId('conflict-row')).toHaveCount(2)
  await expect(dialog.getByRole('button', { name: '選んだ内容で保存する' })).toBeDisabled()
  expect(await axeFaults(page)).toEqual([])
  await settled(page)
  await picture(page, 'conflict-1366')
  await colour(page, 'dark')
  await picture(page, 'conflict-dark')
  expect(await axeFaults(page, 'colours')).toEqual([])
  await colour(page, null)
  await dialog.getByRole('radio', { name: /備考 この画面の内容/ }).check()
  await dialog.getByRole('button', { name: '選んだ内容で保存する' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await expect(note()).toHaveValue('注文 8 この画面で変更')
  await expect(page.getByText(/下書き保存済み/)).toBeVisible()
  await page.reload()
  await expect(note()).toHaveValue('注文 8 この画面で変更')
  await expect(page.getByRole('combobox', { name: '電話番号・お名前・カナで検索' })).toHaveValue('0399990000')
})
