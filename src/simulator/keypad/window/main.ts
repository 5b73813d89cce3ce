import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app, BrowserWindow, ipcMain, session, type IpcMainInvokeEvent, type Session } from 'electron'
import { simulatorOptions } from '../arguments'
import { KeyRequest } from '../control-server'
import { FAULTS, type Fault } from '../device'
import { startKeypadSimulator, type KeypadSimulator } from '../simulator'
import { TEST_CARDS } from '../test-cards'
import page from './page/index.html?raw'
import style from './page/style.css?raw'

/** The keypad with keys: an Electron program of its own, with the same relay and control as the headless one. */

/** Every https address of the window's session is answered from here, so nothing is ever fetched. */
const PAGE = 'https://keypad.invalid/'
const CSP =
  "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
const PRELOAD = resolve(import.meta.dirname, '../preload/keypad.cjs')

const FAULT_LABELS: Record<Fault, string> = {
  'broken-lrc': 'LRC が違う',
  'cut-frame': '途中で切れる',
  pause: '途中で止まる',
  'two-frames': '2 件続けて送る',
  'replayed-ksn': '同じ KSN をもう一度',
  plaintext: '暗号化しない機器',
  swipe: '磁気カード',
  'slow-bytes': '少しずつ送る',
}

const options = simulatorOptions(process.argv.slice(1), true)
const profile = join(options.dataFolder, 'window')
mkdirSync(profile, { recursive: true })
app.setPath('userData', profile)
app.setName('Uketsuke keypad simulator')

function closedSession(): Session {
  const closed = session.fromPartition('pad', { cache: false })
  closed.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  closed.setPermissionCheckHandler(() => false)
  const files = new Map([
    [PAGE, { body: page, type: 'text/html; charset=utf-8' }],
    [`${PAGE}style.css`, { body: style, type: 'text/css; charset=utf-8' }],
  ])
  closed.protocol.handle('https', ({ url }) => {
    const file = files.get(url)
    if (file === undefined) return new Response('', { status: 404 })
    return new Response(file.body, { headers: { 'content-type': file.type, 'content-security-policy': CSP } })
  })
  return closed
}

function handle(simulator: KeypadSimulator): void {
  const only = (event: IpcMainInvokeEvent) => {
    if (event.senderFrame?.url !== PAGE) throw new Error('refused')
  }
  ipcMain.handle('keypad:setup', (event) => {
    only(event)
    const faults = FAULTS.map((value) => ({ value, label: FAULT_LABELS[value] }))
    return { serial: simulator.ready.serial, cards: TEST_CARDS, faults }
  })
  ipcMain.handle('keypad:holder', (event) => {
    only(event)
    return simulator.holder()
  })
  ipcMain.handle('keypad:key', (event, request: unknown) => {
    only(event)
    return simulator.key(KeyRequest.parse(request))
  })
}

async function openWindow(): Promise<void> {
  const window = new BrowserWindow({
    width: 800,
    height: 600,
    useContentSize: true,
    title: 'テンキー（シミュレーター）',
    backgroundColor: '#e6e8ec',
    autoHideMenuBar: true,
    webPreferences: {
      session: closedSession(),
      preload: PRELOAD,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.webContents.on('will-navigate', (event) => event.preventDefault())
  await window.loadURL(PAGE)
}

async function start(): Promise<void> {
  await app.whenReady()
  const simulator = await startKeypadSimulator(options)
  app.once('before-quit', (event) => {
    event.preventDefault()
    void simulator.close().finally(() => app.exit(0))
  })
  app.on('window-all-closed', () => app.quit())
  handle(simulator)
  await openWindow()
  process.stdout.write(`${JSON.stringify(simulator.ready)}\n`)
}

if (app.requestSingleInstanceLock()) {
  void start().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    app.exit(1)
  })
} else {
  app.quit()
}
