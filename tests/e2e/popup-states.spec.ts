import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import DatabaseFile from 'better-sqlite3'
import { relayKeypad } from '../../src/main/devices/relay/relay-keypad'
import { systemClock } from '../../src/main/platform/clock'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { ksnMemory } from '../support/keypad-events'
import { operator } from '../support/operator'
import { axeFaults, layoutFaults, picture, resize, settled } from '../support/screen-faults'

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const
const VISA = '4111111111111111'

let desk: DeskUnderTest

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
})
test.afterAll(() => desk.close())

const popup = () => desk.page.getByRole('dialog')
const at = (step: string) => popup().locator(`[data-step="${step}"]`)
/** Who may use the keypad, as an admin elsewhere has just decided. */
const decide = (state: 'registered' | 'stopped' | 'unregistered', reason: string | null) => {
  const file = new DatabaseFile(join(desk.folder, 'desk', 'training.db'))
  file
    .prepare(
      "update keypad set state = ?, stop_reason = ?, version = version + 1 where serial = 'TEST000001'",
    )
    .run(state, reason)
  file.close()
}
const slowTokens = () => desk.acquirer.fault('tokens', { kind: 'slow', ms: 2_500 })

interface State {
  readonly name: string
  readonly step: string
  /** What the popup says, word for word where the words are given. */
  readonly says: string
  /** Brings the popup, or what comes before it, into this state. */
  before?(): Promise<unknown>
  during?(): Promise<unknown>
  after?(): Promise<unknown>
}

let other: ReturnType<typeof relayKeypad> | null = null

/** The seat next to this one has the keypad. */
async function takenByAnother(): Promise<void> {
  const port = Number(await relayPort(desk.page))
  const host = '127.0.0.1'
  other = relayKeypad({
    host,
    port,
    tls: null,
    pairingCode: null,
    seat: '2番席',
    training: true,
    clock: systemClock,
    ksnMemory: ksnMemory(),
  })
  const claimed = await other.claim({ seat: '2番席', operator: '鈴木' })
  expect(claimed.kind).toBe('claimed')
  await expect(desk.page.getByTestId('keypad-lamp')).toHaveAttribute('data-state', 'busy')
}

async function relayPort(page: Page): Promise<string> {
  const file = new DatabaseFile(join(desk.folder, 'desk', 'training.db'), { readonly: true })
  const row: unknown = file.prepare("select value from setting where key = 'important'").pluck().get()
  file.close()
  const port = /"relayPort":(\d+)/.exec(String(row))?.[1]
  if (port === undefined) throw new Error(`no port in the settings of ${page.url()}`)
  return port
}

const STATES: readonly State[] = [
  { name: 'waiting', step: 'waiting', says: 'テンキーよりクレジットカード番号と有効期限をご入力ください。' },
  {
    name: 'receiving',
    step: 'receiving',
    says: 'テンキーから受信しています。',
    during: () => desk.keypad.key(VISA, { fault: 'cut-frame' }),
  },
  {
    name: 'misread',
    step: 'misread',
    says: 'もう一度テンキーパッドからクレジットカード情報を入力ください。',
    during: () => desk.keypad.key(VISA, { fault: 'broken-lrc' }),
  },
  {
    name: 'tokenizing',
    step: 'tokenizing',
    says: 'カードを確認しています。',
    before: slowTokens,
    during: () => desk.keypad.key(VISA),
    after: () => popup().waitFor({ state: 'hidden' }),
  },
  {
    name: 'refused',
    step: 'failed',
    says: 'カードを入力できませんでした',
    before: () => desk.acquirer.fault('tokens', { kind: 'decline', code: '203' }),
    during: () => desk.keypad.key(VISA),
  },
  {
    name: 'swiped',
    step: 'misread',
    says: 'もう一度テンキーパッドからクレジットカード情報を入力ください。',
    during: () => desk.keypad.key(VISA, { fault: 'swipe' }),
  },
  {
    name: 'not-encrypted',
    step: 'failed',
    says: 'テンキーパッドの接続状況や設定を確認ください。',
    during: () => desk.keypad.key(VISA, { fault: 'plaintext' }),
  },
  {
    name: 'unplugged',
    step: 'failed',
    says: 'テンキーパッドの接続状況や設定を確認ください。',
    during: () => desk.keypad.plug(false),
    after: async () => {
      await desk.keypad.plug(true)
      await expect(desk.page.getByTestId('keypad-lamp')).toHaveAttribute('data-state', 'connected')
    },
  },
  {
    name: 'in-use',
    step: 'failed',
    says: 'テンキー使用中: 鈴木(2番席)',
    before: takenByAnother,
    after: async () => {
      await other?.close()
      await expect(desk.page.getByTestId('keypad-lamp')).toHaveAttribute('data-state', 'connected')
    },
  },
  {
    name: 'stopped',
    step: 'failed',
    says: 'テンキーパッドの接続状況や設定を確認ください。',
    before: async () => decide('stopped', 'lost'),
  },
  {
    name: 'unregistered',
    step: 'failed',
    says: 'このテンキーは、このショップに登録されていません。',
    before: async () => decide('unregistered', null),
    after: async () => decide('registered', null),
  },
]

type Size = (typeof SIZES)[number]

async function open(state: State): Promise<void> {
  const { page } = desk
  await operator(page).newOrderFor('サトウ カズコ')
  await operator(page).addProduct('A101', 2)
  await state.before?.()
  await page.keyboard.press('F8')
  if (state.during) {
    await at('waiting').waitFor()
    await state.during()
  }
  await at(state.step).waitFor()
}

async function look(state: State, { width, height }: Size): Promise<void> {
  const { page } = desk
  await resize(desk, width, height)
  await expect(popup().getByText(state.says, { exact: false }).first()).toBeVisible()
  await settled(page)
  await picture(page, `popup-${state.name}-${width}`)
  // The elements are the same at both sizes, so is what axe finds.
  const faults = [...(await layoutFaults(page)), ...(width === 1366 ? await axeFaults(page) : [])]
  expect(faults).toEqual([])
}

for (const state of STATES) {
  // What passes by itself is looked at in one size at a time; all else stays until Esc.
  const passes = ['receiving', 'tokenizing'].includes(state.step) ? SIZES.map((size) => [size]) : [SIZES]
  for (const sizes of passes) {
    test(`the popup ${state.name} at ${sizes.map(({ width }) => width).join(' and ')}`, async () => {
      const { page } = desk
      const [first] = sizes
      if (first) await resize(desk, first.width, first.height)
      await open(state)
      for (const size of sizes) await look(state, size)
      if (state.step !== 'tokenizing') await page.keyboard.press('Escape')
      await popup().waitFor({ state: 'hidden' })
      await state.after?.()
    })
  }
}
