import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { FakeKeypad } from '../support/fake-keypad-hid'
import { openRelay, type RelayUnderTest } from '../support/relay-under-test'
import { axeFaults, picture, resize } from '../support/screen-faults'

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const

let desk: DeskUnderTest
let relay: RelayUnderTest
let noRelay: Server
let silent: Server

const listening = (server: Server): Promise<Server> =>
  new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(server))
  })
function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

test.beforeAll(async () => {
  relay = await openRelay()
  noRelay = await listening(createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
  silent = await listening(createServer((socket) => socket.on('error', () => undefined)))
  desk = await openDesk()
  await signIn(desk.page)
  await desk.page.evaluate(() => {
    window.location.hash = '/settings'
  })
  await desk.page.getByRole('heading', { name: '重要項目設定' }).waitFor()
})
test.afterAll(async () => {
  await desk.close()
  await relay.close()
  noRelay.close()
  silent.close()
})

const inPairs = (hex: string) => hex.match(/../g)?.join(':') ?? ''

interface Values {
  readonly port: number
  readonly fingerprint: string
  readonly code: string
}
const right = (): Values => ({ port: relay.port, fingerprint: relay.fingerprint256, code: relay.code })

async function connectionTest(page: Page, { port, fingerprint, code }: Values): Promise<void> {
  await page.getByLabel('ポート番号', { exact: true }).fill(String(port))
  await page.getByLabel('証明書の指紋(SHA-256)').fill(fingerprint)
  await page.getByLabel('ペアリングコード').fill(code)
  await page.getByRole('button', { name: '接続テスト' }).click()
}

/** The result of the last test at both sizes: readable, whole, and kept as a picture. */
async function pictures(page: Page, name: string): Promise<void> {
  for (const { width, height } of SIZES) {
    await resize(desk, width, height)
    await page.getByRole('button', { name: '接続テスト' }).scrollIntoViewIfNeeded()
    await page.locator('[data-cause], [data-test-ok]').scrollIntoViewIfNeeded()
    await picture(page, `relay-${name}-${width}`)
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    )
    expect(tooWide, `${name} at ${width}`).toBe(false)
  }
  expect(await axeFaults(page), name).toEqual([])
}

interface Fault {
  readonly cause: string
  readonly sentence: RegExp
  readonly next: RegExp
  readonly values: () => Values
  /** Brings the relay into this state; the answer takes it back. */
  readonly before?: () => Promise<() => Promise<void>>
}

const FAULTS: readonly Fault[] = [
  {
    cause: 'relay-unreachable',
    sentence: /テンキー中継のパソコン\(127\.0\.0\.1\)に届きません。/,
    next: /LANケーブル/,
    values: () => ({ ...right(), port: portOf(silent) }),
  },
  {
    cause: 'relay-refused',
    sentence: /ポート 1 で接続を断られました。/,
    next: /起動しているか/,
    values: () => ({ ...right(), port: 1 }),
  },
  {
    cause: 'relay-protocol',
    sentence: /テンキー中継ではありません。/,
    next: /ポート番号/,
    values: () => ({ ...right(), port: portOf(noRelay) }),
  },
  {
    cause: 'relay-pairing',
    sentence: /ペアリングコードが、テンキー中継のものと一致しません。/,
    next: /--new-pairing/,
    values: () => ({ ...right(), code: 'ABCDE-FGHJK' }),
  },
  {
    cause: 'certificate-changed',
    sentence: /証明書が、登録した指紋と違います。/,
    next: /入れ替えた覚えがないとき/,
    values: () => ({ ...right(), fingerprint: '00'.repeat(32) }),
  },
  {
    cause: 'tls-required',
    sentence: /証明書の指紋の登録が必要です。/,
    next: /fingerprint256/,
    values: () => ({ ...right(), fingerprint: '' }),
  },
  {
    cause: 'keypad-in-use',
    sentence: /鈴木\(2番席\)が使用中です。/,
    next: /使用が終わるのを待って/,
    values: right,
    before: async () => {
      const other = relay.desk({ seat: '2番席' })
      const claimed = await other.claim({ seat: '2番席', operator: '鈴木' })
      expect(claimed.kind).toBe('claimed')
      return () => other.close()
    },
  },
  {
    cause: 'not-found',
    sentence: /中継のパソコンにテンキーが見つかりません。/,
    next: /USBケーブル/,
    values: right,
    before: async () => {
      const { interfaces } = relay.bus
      relay.bus.interfaces = []
      relay.bus.keypad.unplug()
      await expect.poll(() => relay.relay.state).toEqual({ kind: 'trouble', trouble: 'not-found' })
      return async () => {
        relay.bus.keypad = new FakeKeypad()
        relay.bus.interfaces = interfaces
        await expect.poll(() => relay.relay.state.kind).toBe('ready')
      }
    },
  },
]

for (const { cause, sentence, next, values, before } of FAULTS) {
  test(`the connection test finds ${cause} and says what to do`, async () => {
    const { page } = desk
    const after = await before?.()
    await connectionTest(page, values())
    const result = page.locator(`[data-cause="${cause}"]`)
    await expect(result).toContainText(sentence)
    await expect(result).toContainText(next)
    await pictures(page, cause)
    await after?.()
  })
}

test('a new relay: its certificate is taken over from the test, the code saved, and never shown again', async () => {
  const { page } = desk
  await connectionTest(page, { ...right(), fingerprint: '' })
  await expect(page.locator('[data-cause="tls-required"]')).toContainText(
    inPairs(relay.fingerprint256).slice(0, 48),
  )
  await page.getByRole('button', { name: 'この指紋を入力欄に入れる' }).click()
  await expect(page.getByLabel('証明書の指紋(SHA-256)')).toHaveValue(inPairs(relay.fingerprint256))
  await page.getByRole('button', { name: '接続テスト' }).click()
  await expect(page.getByText(/テンキーにつながりました/)).toBeVisible()
  await expect(page.getByText(/644T055742/).first()).toBeVisible()
  await page.getByLabel('席名').fill('1番席')
  await page.getByRole('button', { name: '設定を保存' }).click()
  await expect(page.getByText('登録済みです(表示はできません)。', { exact: false })).toBeVisible()
  await expect(page.getByLabel('ペアリングコード')).toHaveValue('')
  await pictures(page, 'paired')
  // The kept code opens the connection now, and the desk's lamp says so.
  await page.getByRole('button', { name: '接続テスト' }).click()
  await expect(page.getByText(/テンキーにつながりました/)).toBeVisible()
  const html = await page.content()
  expect(html).not.toContain(relay.code)
  const profile = readFileSync(join(desk.folder, 'desk', 'profile.json'), 'utf8')
  expect(profile).toContain('1番席')
  expect(profile).not.toContain(relay.code.replaceAll('-', ''))
})
