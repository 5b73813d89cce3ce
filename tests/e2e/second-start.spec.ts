import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { deskCommand } from '../../scripts/lib/processes.mjs'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator } from '../support/operator'

let desk: DeskUnderTest

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
})
test.afterAll(() => desk.close())

const windows = () =>
  desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.id))

/** Whether the first desk was told of another start, and brought its window to the front. */
const frontCalls = () =>
  desk.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const calls: unknown = window ? Reflect.get(window, 'frontCalls') : null
    return calls
  })

test('a second start on the same profile ends at once and shows the desk that runs already', async () => {
  const at = operator(desk.page)
  await at.newOrderFor('サトウ カズコ')
  await at.addProduct('A101', 3)
  const [first] = await windows()
  await desk.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (!window) throw new Error('no window')
    const focus = window.focus.bind(window)
    Object.assign(window, {
      frontCalls: 0,
      focus: () => {
        Object.assign(window, { frontCalls: Number(Reflect.get(window, 'frontCalls')) + 1 })
        focus()
      },
    })
  })

  const { command, args, env } = deskCommand({ profile: join(desk.folder, 'desk') })
  const second = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'ignore' })
  const [code, signal]: unknown[] = await once(second, 'exit')
  expect({ code, signal }).toEqual({ code: 0, signal: null })

  await expect.poll(frontCalls).toBe(1)
  expect(await windows()).toEqual([first])
  await expect(desk.page.getByRole('textbox', { name: '黒酢しょうが粒(30日分)の数量' })).toHaveValue('3')
})

test('no key and no link opens a second window', async () => {
  const before = await windows()
  for (const key of ['Control+n', 'Control+Shift+n', 'Control+t']) await desk.page.keyboard.press(key)
  await desk.page.getByRole('link', { name: '注文一覧' }).click({ modifiers: ['Control'] })
  await desk.page.getByRole('link', { name: '顧客一覧' }).click({ button: 'middle' })
  expect(await desk.page.evaluate(() => window.open('#/orders') === null)).toBe(true)
  expect(await windows()).toEqual(before)
})
