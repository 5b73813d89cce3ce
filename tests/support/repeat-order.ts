import type { ElectronApplication, Page } from '@playwright/test'
import type { KeypadControl } from './controls'
import { operator } from './operator'

/** A repeat order by phone, as taken by keyboard alone. */
export interface RepeatOrder {
  /** Key presses besides the typed data. */
  readonly keys: readonly string[]
  /** Milliseconds from a key, as the window gets it, to the frame that shows what it brings, step by step. */
  readonly waits: Readonly<Record<string, number>>
  readonly orderNumber: string
}

declare global {
  interface Window {
    pressedKeys?: string[]
    stepSeen?: Promise<number>
  }
}

/** Notes each key as the page receives it: what a person pressed, not what a test meant to press. */
async function noteKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    if (window.pressedKeys) return void (window.pressedKeys.length = 0)
    window.pressedKeys = []
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.isTrusted) window.pressedKeys?.push(event.key)
      },
      { capture: true },
    )
  })
}

/** What a step of the order brings. */
type Sign =
  | { readonly focusOn: string }
  | { readonly text: string; readonly within: string }
  | { readonly there: string }

/**
 * Before a key is pressed: asks the page for the milliseconds from that key to the frame that shows the sign. Measured
 * in the page, because the test's own way to it takes longer than most steps.
 */
const awaitSign = (page: Page, sign: Sign): Promise<void> =>
  page.evaluate((wanted) => {
    window.stepSeen = new Promise<number>((resolve) => {
      window.addEventListener('keydown', (event) => resolve(event.timeStamp), { capture: true, once: true })
    }).then(async (pressedAt) => {
      for (;;) {
        await new Promise((resolve) => requestAnimationFrame(resolve))
        let seen = false
        if ('focusOn' in wanted) seen = document.activeElement?.matches(wanted.focusOn) === true
        else if ('there' in wanted) seen = document.querySelector(wanted.there) !== null
        else seen = document.querySelector(wanted.within)?.textContent?.includes(wanted.text) === true
        const waited = performance.now() - pressedAt
        if (seen) return waited
        if (waited > 20_000) throw new Error(`not seen: ${JSON.stringify(wanted)}`)
      }
    })
  }, sign)

/**
 * What a key costs in this window's process when nothing is done for it: a bare page that shows one word, seen in the
 * same way. Milliseconds, one for each round.
 */
export async function bareWaits(desk: { app: ElectronApplication }, rounds: number): Promise<number[]> {
  const [page] = await Promise.all([
    desk.app.waitForEvent('window'),
    desk.app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ width: 1366, height: 768 })
      await window.loadURL('about:blank')
    }),
  ])
  await page.evaluate(() => {
    document.body.innerHTML = '<p id="word"></p>'
    window.addEventListener('keydown', ({ key }) => {
      const word = document.querySelector('#word')
      if (word) word.textContent = key === 'Enter' ? 'shown' : ''
    })
  })
  await page.bringToFront()
  const waits: number[] = []
  for (let round = 0; round < rounds; round++) {
    await page.keyboard.press('F2')
    await awaitSign(page, { within: '#word', text: 'shown' })
    await page.keyboard.press('Enter')
    waits.push(await page.evaluate(() => window.stepSeen ?? Promise.reject(new Error('no step'))))
  }
  await page.close()
  return waits
}

/**
 * The customer is found by the phone number and repeats the last order with a card that is keyed. `key` is one press;
 * what is typed (the phone number) is data.
 */
export async function repeatOrder(
  page: Page,
  keypad: KeypadControl,
  caller: { phone: string; pan: string; last3: string; total: string },
): Promise<RepeatOrder> {
  const at = operator(page)
  const waits: Record<string, number> = {}
  const step = async (name: string, key: string, sign: Sign) => {
    await awaitSign(page, sign)
    await page.keyboard.press(key)
    waits[name] = Math.round(
      await page.evaluate(() => window.stepSeen ?? Promise.reject(new Error('no step'))),
    )
  }
  await noteKeys(page)
  await step('F2 → customer field', 'F2', { focusOn: '[data-path=customer]' })
  await page.keyboard.type(caller.phone)
  await step('Enter → customer and last order', 'Enter', { focusOn: '[data-repeat]' })
  await step('Enter → lines and total', 'Enter', { within: '[data-testid=total]', text: caller.total })
  await step('F8 → keypad waits', 'F8', {
    within: '[role=dialog]',
    text: 'テンキーの入力を待っています。',
  })
  await keypad.key(caller.pan)
  await at.cardIs(caller.last3)
  await step('F12 → read-back', 'F12', { focusOn: 'input[type=checkbox]' })
  const sentences = await page.getByRole('checkbox').count()
  for (let index = 0; index < sentences; index++) await page.keyboard.press('Enter')
  await step('F12 → order number', 'F12', { there: '[data-testid=order-number]' })
  const pressed = (await page.evaluate(() => window.pressedKeys)) ?? []
  const typed = [...caller.phone]
  const keys = pressed.filter((name) => {
    const index = typed.indexOf(name)
    if (index < 0) return true
    typed.splice(index, 1)
    return false
  })
  return { keys, waits, orderNumber: (await page.getByTestId('order-number').innerText()).trim() }
}
