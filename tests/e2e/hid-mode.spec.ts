import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { expectFaultless } from '../support/screen-faults'

/** 接続テスト with a keypad on USB that types, and with one that another program listens to. Only the USB bus is not real. */
const ROOT = resolve(import.meta.dirname, '../..')
const WRITE = '000253230130034000'

let desk: DeskUnderTest
let device: string

test.beforeAll(async () => {
  desk = await openDesk()
  device = join(desk.folder, 'hidraw')
  writeFileSync(device, '')
  await plugTypingKeypad()
  await signIn(desk.page)
})
test.afterAll(() => desk.close())

/** Puts a keypad that types on the bus that main sees; it comes back in HID mode once it has been written to. */
const plugTypingKeypad = () =>
  desk.app.evaluate(
    (_, [path, root]) => {
      const hid = process.getBuiltinModule('node:module').createRequire(`${root}/package.json`)('node-hid')
      const sent: string[] = []
      Reflect.set(globalThis, 'hidWritesForTest', sent)
      Reflect.set(globalThis, 'hidTakesForTest', 'switches')
      const takes = () => Reflect.get(globalThis, 'hidTakesForTest')
      const isTyping = () => takes() !== 'switches' || sent.length === 0
      const interfaceOf = (typing: boolean) => ({
        vendorId: 0x0acd,
        productId: typing ? 0x2620 : 0x2610,
        product: 'ID TECH SREDKey',
        path,
        usagePage: typing ? 1 : 0xff00,
        usage: typing ? 6 : 1,
      })
      const handle = {
        on: () => undefined,
        close: async () => undefined,
        sendFeatureReport: async (data: Buffer) => {
          if (data[2] === 0x53) sent.push(data.toString('hex'))
          return data.length
        },
        getFeatureReport: async () => {
          const isTaken = sent.length > 0 && takes() !== 'refuses'
          return Buffer.from([0, isTaken ? 0x06 : 0x15, 0, 0, 0, 0, 0, 0, 0])
        },
      }
      hid.devicesAsync = async () => [interfaceOf(isTyping())]
      hid.HIDAsync.open = async () => handle
    },
    [device, ROOT] as const,
  )

/** What the keypad does at the next write; what was written is forgotten. */
const keypadNow = (takes: 'switches' | 'refuses' | 'stays') =>
  desk.app.evaluate((_, word) => {
    Reflect.get(globalThis, 'hidWritesForTest').length = 0
    Reflect.set(globalThis, 'hidTakesForTest', word)
  }, takes)
const writes = () => desk.app.evaluate(() => Reflect.get(globalThis, 'hidWritesForTest') as string[])

const dialog = () => desk.page.getByRole('dialog', { name: 'HIDモードに切り替えますか' })
const offer = () => desk.page.getByRole('button', { name: 'HIDモードに切り替える' })
const connectionTest = () => desk.page.getByRole('button', { name: '接続テスト' })

const shoot = (name: string) => expectFaultless(desk, name, { dark: false })

test('a keypad that types is told, and nothing is written without the consent of its provider', async () => {
  const { page } = desk
  await page.getByRole('link', { name: '設定', exact: true }).click()
  await page.getByRole('radio', { name: 'USB(このパソコンに接続)' }).check()
  await connectionTest().press('Enter')
  await expect(page.locator('[data-cause="keyboard-mode"]')).toContainText('USB」にして設定を保存すると')
  await expect(offer()).toBeHidden()
  await page.getByRole('button', { name: '設定を保存' }).press('Enter')
  await expect(page.getByText('設定を保存しました。')).toBeVisible()

  const lamp = page.getByTestId('keypad-lamp')
  await expect(lamp).toHaveAttribute('data-state', 'trouble')
  await expect(offer()).toBeVisible()
  await shoot('hid-mode-offer')
  await page.getByRole('link', { name: 'ホーム', exact: true }).click()
  await lamp.press('Enter')
  await page.getByRole('link', { name: '重要項目設定' }).press('Enter')
  await expect(page.getByRole('link', { name: 'テンキー一覧を開く' })).toHaveCount(0)
  await expect(page.locator('[data-cause="keyboard-mode"]')).toContainText('このパソコンのテンキー')
  await shoot('hid-mode-lamp')
  await offer().press('Enter')
  await expect(dialog().getByRole('checkbox', { name: '提供元の承諾を得ています' })).toBeFocused()
  await dialog().getByRole('button', { name: '切り替える', exact: true }).press('Enter')
  await expect(dialog().getByText('チェックを入れてください。', { exact: false })).toBeVisible()
  expect(await writes()).toEqual([])
  await shoot('hid-mode-dialog')
})

/** Asks for the switch in the open dialog and waits for what came of it. */
async function switchTo(outcome: string) {
  await dialog()
    .getByRole('button', { name: /切り替える$/ })
    .press('Enter')
  const told = dialog().locator(`[data-outcome="${outcome}"]`)
  await expect(told).toBeVisible({ timeout: 20_000 })
  expect(await writes()).toEqual([WRITE])
  return told
}

test('a keypad that refuses the switch: what happened, what stays, what to do', async () => {
  await keypadNow('refuses')
  await dialog().getByRole('checkbox').press('Space')
  const told = await switchTo('refused')
  await expect(told).toContainText('受け付けませんでした')
  await expect(told).toContainText('元の設定(キーボードモード)のまま')
  await expect(told).toContainText('挿し直して、もう一度切り替えてください')
  await expect(told).toContainText('提供元')
  await shoot('hid-mode-refused')
})

test('a keypad that takes the write and types on: what happened, what stays, what to do', async () => {
  await keypadNow('stays')
  const told = await switchTo('unchanged')
  await expect(told).toContainText('キーボードモードのままです')
  await expect(told).toContainText('カードの入力を受け付けません')
  await expect(told).toContainText('抜いて5秒待ち、挿し直して')
  await expect(told).toContainText('提供元')
  await shoot('hid-mode-unchanged')
})

test('once it is switched the next test finds it', async () => {
  const { page } = desk
  await keypadNow('switches')
  await page.keyboard.press('Escape')
  await expect(dialog()).toBeHidden()
  await offer().press('Enter')
  await dialog().getByRole('checkbox').press('Space')
  await dialog().getByRole('button', { name: '切り替える', exact: true }).press('Enter')
  await expect(
    page.getByText('HIDモードに切り替わりました。もう一度接続テストをしてください。'),
  ).toBeVisible()
  expect(await writes()).toEqual([WRITE])
  await expect(connectionTest()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-test-ok]')).toBeVisible()
})

test('a program that has the keypad open is named in the test and in 診断', async () => {
  test.skip(process.platform !== 'linux', 'only there several programs may open it')
  const { page } = desk
  const program = spawn('sh', ['-c', 'exec 3<"$0"; echo open; read line', device])
  await once(program.stdout, 'data')
  await connectionTest().press('Enter')
  await expect(page.locator('[data-other-programs]')).toContainText(`(sh、PID ${program.pid})`)
  await shoot('keypad-shared')
  await page.getByRole('button', { name: '診断' }).press('Enter')
  await expect(page.locator('[data-step="cable"]')).toHaveAttribute('data-state', 'warning')
  await expect(page.getByRole('dialog', { name: '診断' })).toContainText('注意')
  await shoot('diagnosis-shared')
  await page.keyboard.press('Escape')

  const exit = once(program, 'exit')
  program.stdin.end()
  await exit
  await connectionTest().press('Enter')
  await expect(page.locator('[data-other-programs]')).toBeHidden()
})
