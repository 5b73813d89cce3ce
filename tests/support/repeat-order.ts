import type { Page } from '@playwright/test'
import type { KeypadControl } from './controls'
import { operator } from './operator'

/** A repeat order by phone, as taken by keyboard alone. */
export interface RepeatOrder {
  /** Key presses besides the typed data. */
  readonly keys: readonly string[]
  /** Milliseconds from a key to what it brings, step by step. */
  readonly waits: Readonly<Record<string, number>>
  readonly orderNumber: string
}

declare global {
  interface Window {
    pressedKeys?: string[]
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

/** Waits in the page, frame by frame, so that no round trip of the test is measured with it. */
const until = (page: Page, sign: Sign): Promise<void> =>
  page.evaluate(async (wanted) => {
    for (const end = performance.now() + 20_000; ;) {
      let seen = false
      if ('focusOn' in wanted) seen = document.activeElement?.matches(wanted.focusOn) === true
      else if ('there' in wanted) seen = document.querySelector(wanted.there) !== null
      else seen = document.querySelector(wanted.within)?.textContent?.includes(wanted.text) === true
      if (seen) return
      if (performance.now() > end) throw new Error(`not seen: ${JSON.stringify(wanted)}`)
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  }, sign)

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
  const step = async (name: string, press: () => Promise<unknown>, shows: () => Promise<unknown>) => {
    const from = performance.now()
    await press()
    await shows()
    waits[name] = Math.round(performance.now() - from)
  }
  const key = (name: string) => () => page.keyboard.press(name)
  await noteKeys(page)
  await step('F2 → customer field', key('F2'), () => until(page, { focusOn: '[data-path=customer]' }))
  await page.keyboard.type(caller.phone)
  await step('Enter → customer and last order', key('Enter'), () => until(page, { focusOn: '[data-repeat]' }))
  await step('Enter → lines and total', key('Enter'), () =>
    until(page, { within: '[data-testid=total]', text: caller.total }),
  )
  await step('F8 → keypad waits', key('F8'), () =>
    until(page, { within: '[role=dialog]', text: 'テンキーの入力を待っています。' }),
  )
  await keypad.key(caller.pan)
  await at.cardIs(caller.last3)
  await step('F12 → read-back', key('F12'), () => until(page, { focusOn: 'input[type=checkbox]' }))
  const sentences = await page.getByRole('checkbox').count()
  for (let index = 0; index < sentences; index++) await page.keyboard.press('Enter')
  await step('F12 → order number', key('F12'), () => until(page, { there: '[data-testid=order-number]' }))
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
