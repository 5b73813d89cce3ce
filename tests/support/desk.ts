import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { deskCommand, startAcquirer, startKeypad } from '../../scripts/lib/processes.mjs'
import { acquirerControl, keypadControl, type AcquirerControl, type KeypadControl } from './controls'
import { sampleProfile } from './sample-profile'

/** The built desk with its simulated outside world, in folders of its own. */
export interface DeskUnderTest {
  readonly folder: string
  readonly app: ElectronApplication
  readonly page: Page
  readonly acquirer: AcquirerControl
  readonly keypad: KeypadControl
  /** Kills the desk's main process as a power cut would. */
  kill(): Promise<void>
  /** Starts the desk again on the same profile. */
  restart(): Promise<void>
  close(): Promise<void>
}

export const SAMPLE = { email: 'admin@example.jp', password: 'Renshu-2026-Desk' } as const

async function launch(profile: string, simulatorFile: string, relayPort: number, sample: boolean | 'orders') {
  const { command, args, env } = deskCommand({ profile, simulatorFile, relayPort, sample })
  const app = await _electron.launch({
    executablePath: command,
    args,
    env: { ...process.env, ...env } as Record<string, string>,
  })
  const page = await app.firstWindow()
  return { app, page }
}

interface DeskOptions {
  /** `fresh`: the desk makes the sample shop itself, at its first start. Else it finds it made. */
  readonly sample?: boolean | 'fresh'
  /** With the sample shop's 定期; their orders stand in the lists too. */
  readonly subscriptions?: boolean
  /** A PostgreSQL database that the desk shares with others, and the name of its seat. */
  readonly shared?: { readonly url: string; readonly seatName: string }
  /** Fills the desk's folder before it starts. */
  readonly prepare?: (profile: string, relayPort: number) => Promise<void>
}

/** Starts everything. With `sample: false` the desk opens on the first-run wizard. */
export async function openDesk(options: DeskOptions = {}): Promise<DeskUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-e2e-'))
  const [acquirer, keypad] = await Promise.all([
    startAcquirer(join(folder, 'acquirer')),
    startKeypad(join(folder, 'keypad')),
  ])
  const profile = join(folder, 'desk')
  await options.prepare?.(profile, keypad.ready.relay.port)
  if (options.shared) {
    const { url, seatName } = options.shared
    const kept = { mode: 'training', seatName, databases: { training: { kind: 'postgres', url } } }
    mkdirSync(profile, { recursive: true })
    writeFileSync(join(profile, 'profile.json'), JSON.stringify(kept))
  }
  const wanted = options.sample ?? true
  const sample = wanted !== false && (options.subscriptions === true ? true : 'orders')
  if (wanted === true && !options.shared && !options.prepare) {
    const shop = options.subscriptions === true ? 'subscriptions' : 'orders'
    await sampleProfile(profile, shop, keypad.ready.relay.port)
  }
  const start = () => launch(profile, acquirer.file, keypad.ready.relay.port, sample)
  let running = await start()
  return {
    folder,
    get app() {
      return running.app
    },
    get page() {
      return running.page
    },
    acquirer: acquirerControl(acquirer.ready.control),
    keypad: keypadControl(keypad.ready.control),
    async kill() {
      const main = running.app.process()
      const gone = once(main, 'exit')
      main.kill('SIGKILL')
      await gone
    },
    async restart() {
      running = await start()
    },
    async close() {
      await running.app.close().catch(() => undefined)
      await Promise.all([acquirer.stop(), keypad.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Signs in as the sample shop's admin and waits for the desk. */
export async function signIn(page: Page): Promise<void> {
  await page.getByLabel('メールアドレス').fill(SAMPLE.email)
  await page.getByRole('textbox', { name: 'パスワード' }).fill(SAMPLE.password)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: 'メニュー' }).waitFor()
}
