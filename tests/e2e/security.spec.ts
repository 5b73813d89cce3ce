import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { deskCommand } from '../../scripts/lib/processes.mjs'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'

const PRELOAD = resolve(import.meta.dirname, '../../out/preload/index.cjs')
const START = 'app://uketsuke/index.html'

let desk: DeskUnderTest

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
})
test.afterAll(() => desk.close())

test.afterEach(async () => {
  expect(desk.page.url().startsWith('app://uketsuke/')).toBe(true)
  await expect.poll(() => desk.app.windows().length).toBe(1)
  await expect(desk.page.getByRole('navigation', { name: 'メニュー' })).toBeVisible()
})

/** How many lines of the desk's log hold this text. */
const logged = (text: string): number =>
  readFileSync(join(desk.folder, 'desk', 'logs', 'uketsuke.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(text)).length

/** Runs `attempt`, then waits until the desk has logged one more refusal of this kind. */
async function refusedOnce(text: string, attempt: () => Promise<unknown>): Promise<void> {
  const before = logged(text)
  await attempt()
  await expect.poll(() => logged(text)).toBeGreaterThan(before)
}

/** Does something in the page and answers with the directive of the policy that stopped it. */
function violation(what: 'iframe' | 'srcdoc' | 'script' | 'image' | 'fetch' | 'socket' | 'style' | 'worker') {
  return desk.page.evaluate(
    (attempt) =>
      new Promise<string>((stopped) => {
        const seen = (event: SecurityPolicyViolationEvent) => stopped(event.effectiveDirective)
        document.addEventListener('securitypolicyviolation', seen, { once: true })
        const add = (name: string, fields: Record<string, string>) =>
          document.body.append(Object.assign(document.createElement(name), fields))
        if (attempt === 'iframe') add('iframe', { src: 'https://example.com/' })
        if (attempt === 'srcdoc') add('iframe', { src: 'app://uketsuke/index.html' })
        if (attempt === 'script') add('script', { textContent: 'window.broken = true' })
        if (attempt === 'image') add('img', { src: 'https://example.com/x.png' })
        if (attempt === 'style') add('style', { textContent: 'body { display: none }' })
        if (attempt === 'fetch') void fetch('https://example.com/').catch(() => undefined)
        try {
          if (attempt === 'socket') Reflect.construct(WebSocket, ['wss://example.com/'])
          if (attempt === 'worker') Reflect.construct(Worker, ['data:text/javascript,1'])
        } catch {
          /* the event tells */
        }
      }),
    what,
  )
}

test('the page has no Node, no Electron, and nothing from the preload', async () => {
  const found = await desk.page.evaluate(() => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron', 'uketsuke']
    const clean = document.createElement('iframe').contentWindow
    return { names: names.filter((name) => name in window), clean: clean === null }
  })
  expect(found).toEqual({ names: [], clean: true })
  const added = await desk.app.evaluate(async ({ BrowserWindow }, preload) => {
    const names = async (more: object) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { sandbox: true, contextIsolation: true, ...more },
      })
      await window.loadURL('data:text/html,<title>x</title>')
      const keys: string[] = await window.webContents.executeJavaScript('Object.getOwnPropertyNames(window)')
      window.destroy()
      return keys
    }
    const without = await names({})
    return (await names({ preload })).filter((name) => !without.includes(name))
  }, PRELOAD)
  expect(added).toEqual([])
})

test('the window is sandboxed and isolated, without Node, webviews or lowered web security', async () => {
  const set = await desk.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const get: unknown = contents && Reflect.get(contents, 'getLastWebPreferences')
    return typeof get === 'function' ? (get.call(contents) as Record<string, unknown>) : null
  })
  expect(set).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  })
  expect(set?.['nodeIntegrationInWorker'] ?? false).toBe(false)
  expect(set?.['allowRunningInsecureContent'] ?? false).toBe(false)
  expect(set?.['experimentalFeatures'] ?? false).toBe(false)
})

test('navigation to another page is refused', async () => {
  for (const address of ['https://example.com/', 'data:text/html,gone', 'app://evil/index.html']) {
    await desk.app.evaluate(({ BrowserWindow }) => {
      const seen: { url: string; prevented: boolean }[] = []
      Reflect.set(globalThis, 'seenByTest', seen)
      BrowserWindow.getAllWindows()[0]?.webContents.once('will-frame-navigate', (event) =>
        seen.push({ url: event.url, prevented: event.defaultPrevented }),
      )
    })
    const said = address.startsWith('data:') ? desk.page.waitForEvent('console') : null
    await desk.page.evaluate((url) => {
      setTimeout(() => {
        location.href = url
      })
    }, address)
    if (said) expect((await said).text()).toContain('Not allowed to navigate top frame to data URL')
    else {
      await expect
        .poll(() => desk.app.evaluate(() => Reflect.get(globalThis, 'seenByTest') as unknown))
        .toEqual([{ url: address, prevented: true }])
    }
    expect(await desk.page.evaluate(() => location.origin)).toBe('app://uketsuke')
  }
  // The page is told of no end of a refused navigation; a load of its own clears that for the next test.
  await desk.page.reload()
})

test('a local file cannot be opened', async () => {
  const said = desk.page.waitForEvent('console', {
    predicate: (message) => /Not allowed to load local resource/.test(message.text()),
  })
  await desk.page.evaluate(() => {
    setTimeout(() => {
      location.href = 'file:///etc/passwd'
    })
  })
  await said
  expect(await desk.page.evaluate(() => location.origin)).toBe('app://uketsuke')
  await desk.page.reload()
})

test('a new window is refused, from a script and from a link', async () => {
  await refusedOnce('"what":"window"', async () => {
    const opened = await desk.page.evaluate(() => window.open('https://example.com/') !== null)
    expect(opened).toBe(false)
  })
  await refusedOnce('"what":"window"', () =>
    desk.page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), {
        href: 'https://example.com/',
        target: '_blank',
      })
      document.body.append(link)
      link.click()
      link.remove()
    }),
  )
  const own = await desk.page.evaluate(() => window.open('app://uketsuke/index.html') !== null)
  expect(own).toBe(false)
})

for (const [what, directive] of [
  ['iframe', 'frame-src'],
  ['srcdoc', 'frame-src'],
  ['script', 'script-src-elem'],
  ['image', 'img-src'],
  ['fetch', 'connect-src'],
  ['socket', 'connect-src'],
  ['style', 'style-src-elem'],
  ['worker', 'worker-src'],
] as const) {
  test(`the policy stops: ${what}`, async () => {
    expect(await violation(what)).toBe(directive)
    expect(await desk.page.evaluate(() => 'broken' in window)).toBe(false)
  })
}

test('text is never run as code', async () => {
  const ran = await desk.page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        // Later than this call: what a debugger runs itself is not held to the page's policy.
        setTimeout(() => {
          const tries: Record<string, () => unknown> = {
            eval: () =>
              Reflect.apply(Reflect.get(window, ['ev', 'al'].join('')) as (text: string) => unknown, window, [
                '1 + 1',
              ]),
            Function: () => new Function('return 1')() as unknown,
          }
          const names = Object.keys(tries).filter((name) => {
            try {
              tries[name]?.()
              return true
            } catch (error) {
              return !(error instanceof EvalError)
            }
          })
          const button = document.createElement('button')
          button.setAttribute('onclick', 'window.broken = true')
          button.click()
          done('broken' in window ? [...names, 'onclick'] : names)
        })
      }),
  )
  expect(ran).toEqual([])
})

test('every permission is denied, looked up or asked for', async () => {
  const answers = await desk.page.evaluate(async () => {
    const state = async (name: string) => {
      const asked = await navigator.permissions.query({ name } as unknown as PermissionDescriptor)
      return asked.state
    }
    const names = ['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read', 'midi']
    const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
      () => 'granted',
      (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
    )
    const place = await new Promise<number>((done) => {
      navigator.geolocation.getCurrentPosition(
        () => done(0),
        (error) => done(error.code),
      )
    })
    const devices = async (kind: string) => {
      const door: unknown = Reflect.get(navigator, kind)
      const list: unknown = door && Reflect.get(Object(door), kind === 'serial' ? 'getPorts' : 'getDevices')
      return typeof list === 'function' ? ((await list.call(door)) as unknown[]).length : 0
    }
    return {
      states: Object.fromEntries(await Promise.all(names.map(async (name) => [name, await state(name)]))),
      notification: await Notification.requestPermission(),
      media,
      place,
      devices: await Promise.all(['hid', 'usb', 'serial'].map(devices)),
    }
  })
  expect(answers.states).toEqual({
    camera: 'denied',
    microphone: 'denied',
    geolocation: 'denied',
    notifications: 'denied',
    'clipboard-read': 'denied',
    midi: 'denied',
  })
  expect(answers).toMatchObject({ notification: 'denied', place: 1 })
  // A computer without camera and microphone says so before anybody is asked.
  expect(['NotAllowedError', 'NotFoundError']).toContain(answers.media)
  expect(answers.devices).toEqual([0, 0, 0])
})

test('a keypad cannot be reached from the page, even with a click behind it', async () => {
  await desk.page.evaluate(() => {
    const button = Object.assign(document.createElement('button'), { id: 'ask', textContent: 'ask' })
    Object.assign(button.style, { position: 'fixed', inset: '200px auto auto 400px', zIndex: '9999' })
    button.addEventListener('click', () => {
      const hid: unknown = Reflect.get(navigator, 'hid')
      const ask: unknown = hid && Reflect.get(Object(hid), 'requestDevice')
      const answer = typeof ask === 'function' ? (ask.call(hid, { filters: [] }) as Promise<unknown[]>) : null
      void Promise.resolve(answer).then(
        (devices) => (button.dataset['answer'] = String(devices?.length ?? 0)),
        () => (button.dataset['answer'] = '0'),
      )
    })
    document.body.append(button)
  })
  await desk.page.locator('#ask').click()
  await expect(desk.page.locator('#ask')).toHaveAttribute('data-answer', '0')
  await desk.page.evaluate(() => document.querySelector('#ask')?.remove())
})

test('the page comes with a policy without inline scripts', async () => {
  const headers = await desk.page.evaluate(async (address) => {
    const answer = await fetch(address)
    return {
      policy: answer.headers.get('content-security-policy'),
      sniff: answer.headers.get('x-content-type-options'),
    }
  }, START)
  const policy = new Map(
    (headers.policy ?? '').split('; ').map((part) => {
      const [name = '', ...values] = part.split(' ')
      return [name, values] as const
    }),
  )
  expect(policy.get('default-src')).toEqual(["'none'"])
  expect(policy.get('script-src')).toEqual(["'self'"])
  expect(policy.get('connect-src')).toEqual(["'self'"])
  expect(policy.get('frame-src')).toEqual(["'none'"])
  expect(policy.get('object-src')).toEqual(["'none'"])
  expect(policy.get('base-uri')).toEqual(["'none'"])
  expect(policy.get('form-action')).toEqual(["'none'"])
  expect(policy.get('style-src')).not.toContain("'unsafe-inline'")
  expect(headers.sniff).toBe('nosniff')
})

test('the app scheme serves nothing but the built pages', async () => {
  const ask = (address: string, method = 'GET') =>
    desk.app.evaluate(
      async ({ session }, [url, how]) =>
        (await session.defaultSession.fetch(url ?? '', { method: how ?? 'GET' })).status,
      [address, method],
    )
  expect(await ask(START)).toBe(200)
  for (const address of [
    'app://uketsuke/../../package.json',
    'app://uketsuke/../main/index.js',
    'app://uketsuke/%2e%2e/main/index.js',
    'app://uketsuke/%2e%2e/%2e%2e/package.json',
    'app://uketsuke/..%2fmain%2findex.js',
    'app://uketsuke/..%5cmain%5cindex.js',
    'app://uketsuke/assets/..%2f..%2fmain%2findex.js',
    'app://uketsuke/%252e%252e/main/index.js',
    'app://uketsuke/index.html%00.js',
    'app://uketsuke/%E0%A4%A',
    'app://uketsuke//etc/passwd',
    'app://uketsuke/',
    'app://evil/index.html',
    'app://uketsuke.evil/index.html',
  ]) {
    expect(await ask(address).catch(() => 'failed'), address).toBe(404)
  }
  expect(await ask(START, 'POST')).toBe(404)
  const fromPage = await desk.page.evaluate(async () => (await fetch('/..%2fmain%2findex.js')).status)
  expect(fromPage).toBe(404)
})

test('a second handover is ignored: one port a page load', async () => {
  const before = await desk.app.evaluate(({ ipcMain }) => {
    let ports = 0
    ipcMain.on('uketsuke:port', () => {
      ports += 1
      Reflect.set(globalThis, 'portsByTest', ports)
    })
    Reflect.set(globalThis, 'portsByTest', 0)
    return ports
  })
  expect(before).toBe(0)
  await desk.page.evaluate(() => {
    for (let time = 0; time < 3; time += 1) {
      const { port2 } = new MessageChannel()
      window.postMessage('uketsuke:open', window.location.origin, [port2])
    }
  })
  const ports = () => desk.app.evaluate(() => Reflect.get(globalThis, 'portsByTest') as unknown)
  // A reload hands over once more: it comes after whatever the three attempts could have sent.
  await desk.page.reload()
  await desk.page.getByRole('navigation', { name: 'メニュー' }).waitFor()
  expect(await ports()).toBe(1)
})

for (const [where, address] of [
  ['a data: page', 'data:text/html,<title>foreign</title>'],
  ['an empty page', 'about:blank'],
  ['our own page in a window that is not the desk', 'app://uketsuke/index.html'],
] as const) {
  test(`a port from ${where} is closed without an answer`, async () => {
    await refusedOnce('port from a foreign sender refused', async () => {
      const got = await desk.app.evaluate(
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
  await desk.page.addInitScript(() => {
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
  await desk.page.reload()
  await desk.page.getByRole('navigation', { name: 'メニュー' }).waitFor()
  const before = logged('malformed message dropped')
  const sent = await desk.page.evaluate(() => {
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
  await desk.page.getByRole('link', { name: /顧客一覧/ }).click()
  await expect(desk.page.getByRole('heading', { name: /顧客/ }).first()).toBeVisible()
  await expect(desk.page.getByRole('row').nth(5)).toBeVisible()
})

test('a second start on the same profile ends and brings the first window forward', async () => {
  await desk.app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]
    if (!window) return
    Reflect.set(globalThis, 'focusedByTest', 0)
    const focus = window.focus.bind(window)
    window.focus = () => {
      Reflect.set(globalThis, 'focusedByTest', 1)
      focus()
    }
  })
  const { command, args, env } = deskCommand({ profile: join(desk.folder, 'desk') })
  const second = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'ignore' })
  const code = await new Promise((ended) => second.once('exit', ended))
  expect(code).toBe(0)
  await expect
    .poll(() => desk.app.evaluate(() => Reflect.get(globalThis, 'focusedByTest') as unknown))
    .toBe(1)
})
