import { resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { attackedDesk } from '../support/attacked-desk'

const PRELOAD = resolve(import.meta.dirname, '../../out/preload/index.cjs')
const { at: desk, refusedOnce, violation } = attackedDesk()

test('the page has no Node, no Electron, and nothing from the preload', async () => {
  const found = await desk().page.evaluate(() => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron', 'uketsuke']
    const clean = document.createElement('iframe').contentWindow
    return { names: names.filter((name) => name in window), clean: clean === null }
  })
  expect(found).toEqual({ names: [], clean: true })
  const added = await desk().app.evaluate(async ({ BrowserWindow }, preload) => {
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
  const set = await desk().app.evaluate(({ BrowserWindow }) => {
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
    await desk().app.evaluate(({ BrowserWindow }) => {
      const seen: { url: string; prevented: boolean }[] = []
      Reflect.set(globalThis, 'seenByTest', seen)
      BrowserWindow.getAllWindows()[0]?.webContents.once('will-frame-navigate', (event) =>
        seen.push({ url: event.url, prevented: event.defaultPrevented }),
      )
    })
    const said = address.startsWith('data:') ? desk().page.waitForEvent('console') : null
    await desk().page.evaluate((url) => {
      setTimeout(() => {
        location.href = url
      })
    }, address)
    if (said) expect((await said).text()).toContain('Not allowed to navigate top frame to data URL')
    else {
      await expect
        .poll(() => desk().app.evaluate(() => Reflect.get(globalThis, 'seenByTest') as unknown))
        .toEqual([{ url: address, prevented: true }])
    }
    expect(await desk().page.evaluate(() => location.origin)).toBe('app://uketsuke')
  }
  // The page is told of no end of a refused navigation; a load of its own clears that for the next test.
  await desk().page.reload()
})

test('a local file cannot be opened', async () => {
  const said = desk().page.waitForEvent('console', {
    predicate: (message) => /Not allowed to load local resource/.test(message.text()),
  })
  await desk().page.evaluate(() => {
    setTimeout(() => {
      location.href = 'file:///etc/passwd'
    })
  })
  await said
  expect(await desk().page.evaluate(() => location.origin)).toBe('app://uketsuke')
  await desk().page.reload()
})

test('a new window is refused, from a script and from a link', async () => {
  await refusedOnce('"what":"window"', async () => {
    const opened = await desk().page.evaluate(() => window.open('https://example.com/') !== null)
    expect(opened).toBe(false)
  })
  await refusedOnce('"what":"window"', () =>
    desk().page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), {
        href: 'https://example.com/',
        target: '_blank',
      })
      document.body.append(link)
      link.click()
      link.remove()
    }),
  )
  const own = await desk().page.evaluate(() => window.open('app://uketsuke/index.html') !== null)
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
    expect(await desk().page.evaluate(() => 'broken' in window)).toBe(false)
  })
}

test('text is never run as code', async () => {
  const ran = await desk().page.evaluate(
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
