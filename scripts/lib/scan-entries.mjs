// @ts-check
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { operator } from './operator.mjs'

/** @typedef {{ port: number, token: string }} Control */

/** Asks one of the simulators for something. */
async function ask(/** @type {Control} */ control, /** @type {string} */ path, /** @type {object} */ body) {
  const response = await fetch(`http://127.0.0.1:${control.port}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${control.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
}

/** @returns {Control} */
const controlIn = (/** @type {string} */ folder, /** @type {string} */ file) =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')).control

/**
 * Card entries that do not come to a card: cancelled and keyed afterwards, misread, cut in the middle, refused by the
 * service, run out of time and keyed too late. Whatever arrived must be gone as well.
 * @param {{ page: import('@playwright/test').Page, keypadFolder: string, acquirerFolder: string, pan: string,
 *   report: (line: string) => void }} world
 */
export async function enterInVain({ page, keypadFolder, acquirerFolder, pan, report }) {
  const at = operator(page)
  const keypad = controlIn(keypadFolder, 'keypad.json')
  const acquirer = controlIn(acquirerFolder, 'acquirer.json')
  const key = (/** @type {string | undefined} */ fault = undefined) =>
    ask(keypad, '/key', { pan, exp: '3012', ...(fault === undefined ? {} : { fault }) })
  const dialog = page.getByRole('dialog')
  const close = async () => {
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  }
  /** @type {string[]} */
  const done = []
  const entry = async (/** @type {string} */ name, /** @type {() => Promise<unknown>} */ work) => {
    await at.openKeypad()
    await work()
    done.push(name)
    report(`card entry: ${name}`)
  }
  await at.newOrderFor('サトウ カズコ')
  await entry('cancelled, keyed afterwards', async () => {
    await close()
    await key()
  })
  await entry('misread and cut, then cancelled', async () => {
    await key('broken-lrc')
    await dialog.getByText('もう一度テンキーパッドから').first().waitFor()
    await key('cut-frame')
    await close()
  })
  await entry('refused by the service', async () => {
    await ask(acquirer, '/fault', { operation: 'tokens', fault: { kind: 'decline', code: '203' }, times: 1 })
    await key()
    await dialog.getByRole('alert').waitFor()
    await close()
  })
  await entry('answer of the service lost', async () => {
    await ask(acquirer, '/fault', { operation: 'tokens', fault: { kind: 'commit-then-cut' }, times: 1 })
    await key()
    await dialog.getByRole('alert').waitFor()
    await close()
  })
  await entry('out of time, keyed too late', async () => {
    await dialog.getByText('入力の待ち時間を過ぎました').first().waitFor({ timeout: 120_000 })
    await key()
    await close()
  })
  return done
}
