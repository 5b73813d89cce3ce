import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { deskCommand } from '../../scripts/lib/processes.mjs'
import { attackedDesk } from '../support/attacked-desk'

const PRELOAD = resolve(import.meta.dirname, '../../out/preload/index.cjs')
const { at: desk, logged, refusedOnce } = attackedDesk()

test('a second handover is ignored: one port a page load', async () => {
  const before = await desk().app.evaluate(({ ipcMain }) => {
    let ports = 0
    ipcMain.on('uketsuke:port', () => {
      ports += 1
      Reflect.set(globalThis, 'portsByTest', ports)
    })
    Reflect.set(globalThis, 'portsByTest', 0)
    return ports
  })
  expect(before).toBe(0)
  await desk().page.evaluate(() => {
    for (let time = 0; time < 3; time += 1) {
      const { port2 } = new MessageChannel()
      window.postMessage('uketsuke:open', window.location.origin, [port2])
    }
  })
  const ports = () => desk().app.evaluate(() => Reflect.get(globalThis, 'portsByTest') as unknown)
  // A reload hands over once more: it comes after whatever the three attempts could have sent.
  await desk().page.reload()
  await desk().page.getByRole('navigation', { name: 'メニュー' }).waitFor()
  expect(await ports()).toBe(1)
})

for (const [where, address] of [
  ['a data: page', 'data:text/html,<title>foreign</title>'],
  ['an empty page', 'about:blank'],
  ['our own page in a window that is not the desk', 'app://uketsuke/index.html'],
] as const) {
  test(`a port from ${where} is closed without an answer`, async () => {
    await refusedOnce('port from a foreign sender refused', async () => {
      const got = await desk().app.evaluate(
        async ({ BrowserWindow }, [preload, url]) => {
          const window = new BrowserWindow({
            show: false,
            webPreferences: { preload: preload ?? '', sandbox: true, contextIsolation: true },
          })
          await window.loadURL(url ?? '')
          const call = JSON.stringify({ i: '1', p: { u: '/system/info', b: {} } })
          const own = (url ?? '').startsWith('app:')
          const script = `new Promise((done) => {
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = ({ data }) => done('answered: ' + data)
            port1.addEventListener('close', () => done('closed'))
            port1.start()
            port1.postMessage(${JSON.stringify(call)})
            if (${own}) done('handed over by the page itself')
            else window.postMessage('uketsuke:open', '*', [port2])
          })`
          const answer: unknown = await window.webContents.executeJavaScript(script)
          const text: unknown = await window.webContents.executeJavaScript('document.body.innerText')
          window.destroy()
          return { answer, text: String(text) }
        },
        [PRELOAD, address],
      )
      expect(got.answer).not.toMatch(/answered/)
      if (address.startsWith('app:')) expect(got.text).not.toContain('サインイン')
      else expect(got.answer).toBe('closed')
    })
  })
}

test('malformed messages on the port are dropped and the desk goes on', async () => {
  await desk().page.addInitScript(() => {
    const Real = window.MessageChannel
    const made: MessageChannel[] = []
    window.MessageChannel = class extends Real {
      constructor() {
        super()
        made.push(this)
      }
    }
    const post = window.postMessage.bind(window)
    window.postMessage = (...all: [unknown, ...unknown[]]) => {
      const channel = made.find(({ port2 }) => Array.isArray(all[2]) && all[2][0] === port2)
      if (all[0] === 'uketsuke:open' && channel) Reflect.set(window, 'portForTest', channel.port1)
      Reflect.apply(post, window, all)
    }
  })
  await desk().page.reload()
  await desk().page.getByRole('navigation', { name: 'メニュー' }).waitFor()
  const before = logged('malformed message dropped')
  const sent = await desk().page.evaluate(() => {
    const port: unknown = Reflect.get(window, 'portForTest')
    if (!(port instanceof MessagePort)) return 0
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const call = (u: string, b: unknown) => JSON.stringify({ i: 'x', p: { u, b } })
    const messages: unknown[] = [
      '',
      'hello',
      '{',
      'null',
      '[]',
      '{}',
      deep,
      'x'.repeat(5_000_000),
      { i: '1', p: { u: '/auth/session' } },
      new ArrayBuffer(1_000_000),
      new Uint8Array([0, 1, 2]),
      Number.NaN,
      null,
      undefined,
      JSON.stringify({ i: 1, p: { u: '/auth/session' } }),
      JSON.stringify({ i: '1', t: 99, p: {} }),
      JSON.stringify({ i: '1', p: { u: 'https://example.com/' } }),
      JSON.stringify({ i: '1', p: { u: '//example.com/' } }),
      JSON.stringify({ i: '1', p: { u: '/auth/session', h: { 'content-type': 'multipart/form-data' } } }),
      JSON.stringify({ i: '1', t: 4 }),
      JSON.stringify({ i: '1', t: 3, p: {} }),
    ]
    for (const message of messages) port.postMessage(message)
    for (const path of [
      '/__proto__/toString',
      '/constructor',
      '/auth/__proto__',
      '/%',
      '/auth%2fsession',
      '/',
    ])
      port.postMessage(call(path, {}))
    port.postMessage(call('/auth/signIn', { json: {}, meta: [[99, '__proto__', 'x']] }))
    port.postMessage(call('/auth/signIn', { json: null, meta: 'x' }))
    return messages.length
  })
  expect(sent).toBe(21)
  await expect.poll(() => logged('malformed message dropped') - before).toBeGreaterThanOrEqual(sent - 2)
  await desk()
    .page.getByRole('link', { name: /顧客一覧/ })
    .click()
  await expect(desk().page.getByRole('heading', { name: /顧客/ }).first()).toBeVisible()
  await expect(desk().page.getByRole('row').nth(5)).toBeVisible()
})

test('a second start on the same profile ends and brings the first window forward', async () => {
  await desk().app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]
    if (!window) return
    Reflect.set(globalThis, 'focusedByTest', 0)
    const focus = window.focus.bind(window)
    window.focus = () => {
      Reflect.set(globalThis, 'focusedByTest', 1)
      focus()
    }
  })
  const { command, args, env } = deskCommand({ profile: join(desk().folder, 'desk') })
  const second = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'ignore' })
  const code = await new Promise((ended) => second.once('exit', ended))
  expect(code).toBe(0)
  await expect
    .poll(() => desk().app.evaluate(() => Reflect.get(globalThis, 'focusedByTest') as unknown))
    .toBe(1)
})
