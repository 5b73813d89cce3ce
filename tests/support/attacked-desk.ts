import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from './desk'

/** The built desk with somebody signed in, for tests that try to break out; after each the desk must stand as before. */
export function attackedDesk() {
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
  function violation(
    what: 'iframe' | 'srcdoc' | 'script' | 'image' | 'fetch' | 'socket' | 'style' | 'worker',
  ) {
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

  return { at: () => desk, logged, refusedOnce, violation }
}
