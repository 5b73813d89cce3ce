// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { operator } from './operator.mjs'
import { ROOT } from './paths.mjs'
import { deskCommand, keypadWindowCommand, startAcquirer } from './processes.mjs'

/** Sign-in data of the sample shop, as its sign-in screen shows it. */
const SAMPLE = { email: 'admin@example.jp', password: 'Renshu-2026-Desk' }
/** Published test number that every attempt with it comes to 101. */
const DECLINED = '4000000000000002'

export const DEMO_FOLDER = join(ROOT, 'out', 'demo')

/** @typedef {{ pan: string, report: (line: string) => void, env: Record<string, string> }} DemoOptions */

/** Keys a card on the window of the simulated keypad, digit by digit. */
async function keyCard(/** @type {import('@playwright/test').Page} */ pad, /** @type {string} */ pan) {
  await pad.locator('#lamp').waitFor()
  await pad.keyboard.type(pan)
  await pad.keyboard.press('Enter')
  await pad.keyboard.type('1230')
  await pad.keyboard.press('Enter')
}

/** The environment without what npm puts there: it repeats the command line, which may name a card. */
const ownEnv = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')))

/** Waits for the file in which the keypad's window tells its relay. */
async function relayPortOf(/** @type {string} */ folder) {
  for (let tries = 0; tries < 200; tries++) {
    try {
      return JSON.parse(readFileSync(join(folder, 'keypad.json'), 'utf8')).relay.port
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  throw new Error('the keypad window did not become ready')
}

async function openWorld(/** @type {DemoOptions} */ options) {
  rmSync(DEMO_FOLDER, { recursive: true, force: true })
  mkdirSync(DEMO_FOLDER, { recursive: true })
  const state = join(DEMO_FOLDER, 'state')
  const acquirer = await startAcquirer(join(state, 'acquirer'))
  const launch = (/** @type {{ command: string, args: string[], env: object }} */ part) =>
    _electron.launch({
      executablePath: part.command,
      args: part.args,
      env: /** @type {Record<string, string>} */ ({ ...ownEnv(), ...options.env, ...part.env }),
    })
  const padFolder = join(state, 'keypad')
  mkdirSync(padFolder, { recursive: true })
  const padApp = await launch(keypadWindowCommand(padFolder))
  const pad = await padApp.firstWindow()
  const relayPort = await relayPortOf(padFolder)
  const profile = join(state, 'desk')
  const startedAt = performance.now()
  const deskApp = await launch(deskCommand({ profile, simulatorFile: acquirer.file, relayPort }))
  const page = await deskApp.firstWindow()
  await page.getByLabel('メールアドレス').waitFor()
  const startMs = Math.round(performance.now() - startedAt)
  const processes = {
    desk: deskApp.process().pid,
    keypad: padApp.process().pid,
    acquirer: acquirer.child.pid,
    driver: process.pid,
    profile,
  }
  writeFileSync(join(DEMO_FOLDER, 'processes.json'), JSON.stringify(processes))
  return {
    page,
    pad,
    startMs,
    world: {
      page,
      deskPid: deskApp.process().pid ?? 0,
      profile,
      keypadFolder: padFolder,
      acquirerFolder: join(state, 'acquirer'),
    },
    close: async () => {
      await deskApp.close()
      await padApp.close()
      await acquirer.stop()
    },
  }
}

/** Drives one phone order, then a declined card and its recovery. Everything stays open until `close`. */
export async function runDemo(/** @type {DemoOptions} */ options) {
  const { page, pad, startMs, close, world } = await openWorld(options)
  const at = operator(page)
  /** @type {string[]} */
  const screenshots = []
  /** @type {Record<string, number>} */
  const ms = { start: startMs }
  const step = async (/** @type {string} */ name, /** @type {() => Promise<unknown>} */ work) => {
    const from = performance.now()
    await work()
    ms[name] = Math.round(performance.now() - from)
    const path = join(DEMO_FOLDER, `${String(screenshots.length + 1).padStart(2, '0')}-${name}.png`)
    await page.screenshot({ path })
    screenshots.push(path.slice(ROOT.length + 1))
    options.report(`${name} (${ms[name]} ms)`)
  }
  try {
    await step('sign-in-screen', async () => undefined)
    await step('sign-in', () => at.signIn(SAMPLE))
    await step('new-order', () => at.newOrder())
    await step('customer', () => at.pickCustomer('サトウ カズコ'))
    await step('line-1', () => at.addProduct('A101', 2))
    await step('line-2', () => at.addProduct('馬油'))
    await step('keypad', () => at.openKeypad())
    await keyCard(pad, options.pan)
    await step('card', () => at.cardIs(options.pan.slice(-3)))
    const shown = /^(.+?) 下3桁 (\d{3})/.exec((await page.getByTestId('card').first().innerText()).trim())
    await step('read-back', async () => {
      await at.proceed()
      await at.readBackIsOpen()
    })
    await step('read-aloud', () => at.readAloud())
    await step('order', () => at.confirm())
    const result = await shownResult(page)
    await step('declined', async () => {
      await at.newOrderFor('サトウ カオリ')
      await at.addProduct('C301', 1)
      await at.openKeypad()
      await keyCard(pad, DECLINED)
      await at.cardIs(DECLINED.slice(-3))
      await at.proceed()
      await at.isDeclined('101')
    })
    await step('other-card', async () => {
      await at.openKeypad()
      await keyCard(pad, '4111111111111111')
      await at.cardIs('111')
      await at.proceed()
      await at.readBackIsOpen()
    })
    await step('recovered', () => at.readAloudAndConfirm())
    await step('orders', async () => {
      await page.getByRole('link', { name: '注文一覧' }).first().click()
      await page.getByRole('table', { name: '注文一覧' }).getByRole('row').nth(2).waitFor()
    })
    const card = { brand: shown?.[1] ?? null, last3: shown?.[2] ?? null }
    const { order, transaction, total } = result
    return { result: { ok: true, order, transaction, ...card, total, screenshots, ms }, close, world }
  } catch (error) {
    await page.screenshot({ path: join(DEMO_FOLDER, 'failed.png') }).catch(() => undefined)
    await close().catch(() => undefined)
    throw error
  }
}

/** What the last screen says of the order that was made. */
async function shownResult(/** @type {import('@playwright/test').Page} */ page) {
  const text = async (/** @type {string} */ id) => (await page.getByTestId(id).first().innerText()).trim()
  const total = await text('total')
  return {
    order: await text('order-number'),
    transaction: await text('transaction-number'),
    total: Number(total.replace(/[^0-9]/g, '')),
  }
}
