import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import DatabaseFile from 'better-sqlite3'
import { deskCommand } from '../../scripts/lib/processes.mjs'
import { openDesk, SAMPLE, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'
import { axeFaults, expectFaultless, picture, settled, watchShifts } from '../support/screen-faults'

// Each test goes on where the one before ended.
test.describe.configure({ mode: 'serial' })

let desk: DeskUnderTest
let at: Operator
/** Somebody of the sample shop whose number is nobody else's. */
let known: { name: string; phone: string }

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
  at = operator(desk.page)
  const file = new DatabaseFile(join(desk.folder, 'desk', 'training.db'))
  const row = file
    .prepare<[], { name: string; phone: string }>(
      `select family_name || ' ' || given_name as name, phone from customer
       where phone in (select phone from customer group by phone having count(*) = 1) order by number limit 1`,
    )
    .get()
  file.close()
  if (!row) throw new Error('no customer')
  known = row
})
test.afterAll(() => desk.close())

/** A telephone that tells the running desk of calls, as a second start hands them on. */
const ring = (...argv: string[]) =>
  desk.app.evaluate(({ app }, words) => {
    app.emit('second-instance', {}, ['uketsuke', ...words], '', { argv: ['uketsuke', ...words] })
  }, argv)

/** A real second start of the program; ends by itself. */
async function startAgain(...words: string[]): Promise<void> {
  const { command, args, env } = deskCommand({ profile: join(desk.folder, 'desk') })
  const second = spawn(command, [...args, ...words], { env: { ...process.env, ...env }, stdio: 'ignore' })
  expect(await once(second, 'exit')).toEqual([0, null])
}

const ringing = () => desk.page.getByTestId('ringing')
const search = () => desk.page.getByRole('combobox', { name: '電話番号・お名前・カナで検索' })
const newPhone = () => desk.page.getByRole('textbox', { name: '電話番号', exact: true })
const banner = () => desk.page.getByTestId('call-banner')

/** Takes all calls off the bar. */
async function passAll(): Promise<void> {
  await desk.page.getByTestId('calls').click()
  const pass = desk.page.getByRole('button', { name: /の着信を見送る$/ })
  await desk.page.getByRole('button', { name: '着信履歴を開く' }).waitFor()
  for (let left = await pass.count(); left > 0; left = await pass.count()) {
    await pass.first().click()
    await expect(pass).toHaveCount(left - 1)
  }
  await desk.page.keyboard.press('Escape')
  await expect(ringing()).toHaveCount(0)
}

test('a link in a second start rings, takes no focus, and F3 opens the customer', async () => {
  await at.newOrder()
  await desk.page.keyboard.type('サト')
  const fronts = await desk.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (!window) throw new Error('no window')
    Object.assign(window, { fronts: 0 })
    window.focus = () => void Object.assign(window, { fronts: Number(Reflect.get(window, 'fronts')) + 1 })
    return Reflect.get(window, 'fronts')
  })
  expect(fronts).toBe(0)
  await startAgain(`uketsuke://call?tel=${known.phone}&name=x&url=javascript:alert(1)`)
  await expect(ringing()).toContainText(`${known.name} 様`)
  await expect(search()).toBeFocused()
  await desk.page.keyboard.type('ウ')
  await expect(search()).toHaveValue('サトウ')
  expect(
    await desk.app.evaluate(({ BrowserWindow }) =>
      Reflect.get(BrowserWindow.getAllWindows()[0] ?? {}, 'fronts'),
    ),
  ).toBe(0)
  await desk.page.keyboard.press('F3')
  await desk.page.getByRole('heading', { name: `${known.name} 様` }).waitFor()
  await expect(ringing()).toHaveCount(0)
})

test('--call in two words reaches the desk although Chromium reorders them; an unknown number is filled in', async () => {
  await startAgain('--call', '+81 3-9876-0001')
  await expect(ringing()).toContainText('03-9876-0001')
  await expect(ringing()).toContainText('新規')
  await desk.page.keyboard.press('F3')
  await expect(newPhone()).toHaveValue('0398760001')
  await expect(banner()).toContainText('03-9876-0001')
})

test('非通知 opens an empty order with a mark', async () => {
  await ring('uketsuke://call?tel=%E9%9D%9E%E9%80%9A%E7%9F%A5')
  await expect(ringing()).toContainText('非通知')
  await desk.page.keyboard.press('F3')
  await expect(banner()).toContainText('非通知の着信です')
  await expect(search()).toBeFocused()
  await expect(search()).toHaveValue('')
  expect(await axeFaults(desk.page)).toEqual([])
})

test('during a card entry a call waits, F3 answers nothing, tabs stay, and the card comes to its order', async () => {
  await at.newOrderFor('サトウ カズコ')
  const place = desk.page.url()
  await at.openKeypad()
  await ring('uketsuke://call?tel=0398760002')
  await expect(ringing()).toContainText('03-9876-0002')
  for (const key of ['F3', 'Control+1', 'Control+Tab']) await desk.page.keyboard.press(key)
  await expect(desk.page.getByText('カードの入力は Esc で中止できます。').first()).toBeVisible()
  await expect(desk.page.getByRole('dialog').getByText('テンキーの入力を待っています。')).toBeVisible()
  expect(desk.page.url()).toBe(place)
  await desk.keypad.key('4111111111111111')
  await at.cardIs('111')
  expect(desk.page.url()).toBe(place)
  await expect(ringing()).toContainText('03-9876-0002')
  await desk.page.keyboard.press('F3')
  await expect(newPhone()).toHaveValue('0398760002')
})

test('a page that fires a thousand links gets a queue of twenty and a sentence, and nothing moves', async () => {
  await at.newOrder()
  await settled(desk.page)
  const shifts = await watchShifts(desk.page, false)
  await desk.app.evaluate(({ app }) => {
    for (let call = 0; call < 1000; call++) {
      const words = ['uketsuke', `uketsuke://call?tel=03${20_000_000 + call}`]
      app.emit('second-instance', {}, words, '', { argv: words })
    }
  })
  await expect(ringing()).toContainText('ほか19件')
  // The seconds in the bar tick; nothing else may move.
  const { sum, moved } = await shifts()
  expect(sum, moved.join(', ')).toBeLessThan(0.0005)
  // What is typed finds customers, and their list opens: that is the operator's doing, however late it comes.
  await desk.page.keyboard.type('ヤマ')
  await expect(search()).toHaveValue('ヤマ')
  await desk.page.getByTestId('calls').click()
  await expect(desk.page.getByText('件は表示していません', { exact: false })).toBeVisible()
  await expectFaultless(desk, 'calls-bar')
  await desk.page.getByRole('button', { name: 'この表示を消す' }).click()
  await expect(desk.page.getByText('件は表示していません', { exact: false })).toHaveCount(0)
  await desk.page.keyboard.press('Escape')
  await passAll()
})

test('a number of several customers asks which, and nothing but links of ours rings', async () => {
  const file = new DatabaseFile(join(desk.folder, 'desk', 'training.db'))
  const rows = file
    .prepare<[], { id: string; name: string }>(
      `select id, family_name || ' ' || given_name as name from customer order by number desc limit 2`,
    )
    .all()
  for (const { id } of rows) file.prepare('update customer set phone = ? where id = ?').run('0398760003', id)
  file.close()
  await ring('https://example.jp/?tel=0398760009', 'uketsuke://open?tel=0398760009', '--call=<b>')
  await ring('--call=０３９８７６０００３')
  await expect(ringing()).toContainText('候補 2名')
  await desk.page.keyboard.press('F3')
  const dialog = desk.page.getByRole('dialog', { name: 'お客様を選んでください' })
  await expect(dialog.getByRole('button', { name: rows[0]?.name ?? '' })).toBeVisible()
  expect(await axeFaults(desk.page)).toEqual([])
  await settled(desk.page)
  await picture(desk.page, 'calls-choose-1920')
  await desk.page.keyboard.press('Enter')
  await desk.page.getByRole('heading', { name: / 様$/ }).waitFor()
})

test('a locked desk rings without telling who; after unlocking the call is there', async () => {
  await desk.page.keyboard.press('Control+l')
  await desk.page.getByRole('textbox', { name: 'パスワード' }).waitFor()
  await ring('--call', '09098760004')
  const shown = desk.page.getByTestId('locked-calls')
  await expect(shown).toContainText('•••••••••04')
  expect(await desk.page.getByRole('dialog').innerText()).not.toContain('9876')
  await expect(desk.page.getByRole('textbox', { name: 'パスワード' })).toBeFocused()
  await settled(desk.page)
  await picture(desk.page, 'calls-locked-1920')
  await desk.page.keyboard.type(SAMPLE.password)
  await desk.page.keyboard.press('Enter')
  await expect(ringing()).toContainText('090-9876-0004')
})

test('the clipboard rings only when it is switched on, only for numbers, and not for our own copies', async () => {
  const copy = (text: string) => desk.app.evaluate(({ clipboard }, words) => clipboard.writeText(words), text)
  await passAll()
  // Every look of the watch is counted, with what it saw.
  await desk.app.evaluate(({ clipboard }) => {
    const read = clipboard.readText.bind(clipboard)
    const looks: string[] = []
    Object.assign(globalThis, { looks })
    clipboard.readText = async () => {
      const text = await read()
      looks.push(text)
      return text
    }
  })
  const looks = () =>
    desk.app.evaluate(() => {
      const seen: unknown = Reflect.get(globalThis, 'looks')
      return Array.isArray(seen) ? seen.map(String) : []
    })
  /** Waits until the watch has seen this text and judged it: a number rings at the look after the one that saw it. */
  const judged = (text: string) =>
    expect.poll(async () => (await looks()).slice(-3)).toEqual([text, text, text])
  await copy('0398760005')
  await desk.page.evaluate(() => {
    window.location.hash = '/calls'
  })
  await desk.page.getByRole('button', { name: '着信の受け取り方' }).click()
  expect(await looks()).toEqual([])
  await desk.page.getByRole('switch', { name: /クリップボード/ }).setChecked(true)
  await desk.page.getByText('着信の受け取り方を保存しました。').waitFor()
  expect(await axeFaults(desk.page)).toEqual([])
  await settled(desk.page)
  await picture(desk.page, 'calls-ways-1920')
  await desk.page.keyboard.press('Escape')
  await judged('0398760005')
  await copy('4111 1111 1111 1111')
  await judged('4111 1111 1111 1111')
  await expect(ringing()).toHaveCount(0)
  await copy('03-9876-0006')
  await expect(ringing()).toContainText('03-9876-0006')
  await passAll()

  // What the operator copies in the desk, out of a field or out of the page, rings not once.
  const filter = desk.page.getByRole('textbox', { name: '電話番号' })
  await filter.fill('0398760008')
  await filter.press('Control+a')
  await filter.press('Control+c')
  await judged('0398760008')
  await filter.fill('')
  const cell = desk.page.getByText('03-9876-0006', { exact: true }).first()
  await cell.click({ clickCount: 3, trial: true })
  await cell.evaluate((node) => window.getSelection()?.selectAllChildren(node))
  await desk.page.keyboard.press('Control+c')
  await judged('03-9876-0006')
  await expect(ringing()).toHaveCount(0)

  // And the telephone is heard right after.
  await copy('0398760008')
  await expect(ringing()).toContainText('03-9876-0008')
  await passAll()
})

test('着信履歴 tells what was answered, by whom, and what was not', async () => {
  await expect(desk.page.getByRole('heading', { name: '着信履歴' })).toBeVisible()
  await expect(desk.page.getByRole('row', { name: /090-9876-0004 .*未応答/ })).toBeVisible()
  await expectFaultless(desk, 'calls', { dark: false })
  await desk.page.getByRole('textbox', { name: '電話番号' }).fill('0001')
  await expect(desk.page.getByRole('row', { name: /03-9876-0001 .*応答済み/ })).toBeVisible()
  await expect(desk.page.getByRole('row', { name: /090-9876-0004/ })).toHaveCount(0)
})

test('a call that comes while nobody is signed in is there after the sign-in', async () => {
  await desk.page.getByRole('button', { name: /さんのメニュー$/ }).click()
  await desk.page.getByRole('menuitem', { name: 'サインアウト' }).click()
  await desk.page.getByLabel('メールアドレス').waitFor()
  await ring('--call=0398760007')
  expect(await desk.page.locator('body').innerText()).not.toContain('9876')
  await signIn(desk.page)
  await expect(ringing()).toContainText('03-9876-0007')
})
