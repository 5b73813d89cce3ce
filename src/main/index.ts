import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  safeStorage,
  session,
  shell,
  type WebContents,
} from 'electron'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { callEntrance, handedArguments } from './app/call-entrance'
import { watchClipboard } from './app/clipboard-watch'
import { parseCommandLine } from './app/command-line'
import { reportOutlet } from './app/report-outlet'
import { showStartFailure } from './app/start-failed'
import { openDeskWindow, preloadPath } from './app/window'
import { describeStartFailure } from './composition/start-failure'
import { openDeskHost, type DeskHost } from './composition/desk-host'
import { runRelayApp } from './composition/relay-app'
import { runSubscriptionRunApp } from './composition/subscription-run-app'
import { createRouter } from './composition/router'
import { SAMPLE_ACCOUNT } from './composition/sample'
import {
  checkTransitions,
  PAYMENT_EVENTS,
  PAYMENT_STATES,
  PAYMENT_TRANSITIONS,
} from './domain/payments/payment-states'
import { OPTION_EVENTS, OPTION_STATES, OPTION_TRANSITIONS } from './domain/options/option-states'
import { CALL_SCHEME } from './domain/calls/call-arguments'
import { chosenFiles } from './platform/chosen-files'
import { DEFAULT_SETTINGS, readImportant } from './features/settings/settings.service'
import type { DeskEvent } from '../contract/system'
import type { Seat } from './platform/call-context'
import { systemClock as clock } from './platform/clock'
import { COLLECTOR_FLAGS, calmCollector } from './platform/collector'
import { Emitter } from './platform/emitter'
import { openLog } from './platform/log'
import { openFileWith } from './platform/open-file'
import { saveFileWith } from './platform/save-file'
import { repeat } from './platform/timers'
import type { KeyStore } from './platform/secrets'
import { lockWhenIdle } from './rpc/access'
import { createHandler } from './rpc/handler'
import { acceptPorts } from './rpc/port'
import { openExternalLink } from './security/external-links'
import { confineNavigation } from './security/navigation'
import { denyWebPermissions } from './security/permissions'
import { declareAppScheme, serveApp } from './security/protocol'

calmCollector()
app.commandLine.appendSwitch('js-flags', COLLECTOR_FLAGS)
const commandLine = parseCommandLine(process.argv)
if (commandLine.profileFolder !== null) app.setPath('userData', commandLine.profileFolder)
const folder = app.getPath('userData')

const keyStore: KeyStore = {
  isAvailable: () =>
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
  encrypt: (plain) => safeStorage.encryptString(plain),
  decrypt: (sealed) => safeStorage.decryptString(Buffer.from(sealed)),
}

/** Calls come in here, whatever the desk is doing. */
const entrance = callEntrance()

const windows = new Map<WebContents, { window: BrowserWindow; seat: Seat }>()

function openWindow(seatName: () => string): void {
  const window = openDeskWindow({
    preload: preloadPath(import.meta.dirname),
    show: true,
    title: '受付',
    devTools: !app.isPackaged,
  })
  const seat: Seat = {
    get name() {
      return seatName()
    },
    session: null,
    lastTouchedAt: clock.now(),
  }
  const contents = window.webContents
  windows.set(contents, { window, seat })
  window.on('closed', () => windows.delete(contents))
}

/** Asks where a file is to be saved, in front of the window that the person works in. */
async function chooseFile(suggestedName: string): Promise<string | null> {
  const parent = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  const defaultPath = join(app.getPath('documents'), suggestedName)
  const filters = [{ name: 'CSV', extensions: ['csv'] }]
  const options = { defaultPath, filters }
  const { canceled, filePath } = await (parent
    ? dialog.showSaveDialog(parent, options)
    : dialog.showSaveDialog(options))
  return canceled || filePath === '' ? null : filePath
}

const CSV_FILES = { name: 'CSV', extensions: ['csv', 'tsv', 'txt'] } as const

/** Asks which file is to be read, in front of the window that the person works in. */
async function chooseFileToOpen(filter: {
  readonly name: string
  readonly extensions: readonly string[]
}): Promise<string | null> {
  const parent = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  const filters = [{ name: filter.name, extensions: [...filter.extensions] }]
  const options = { properties: ['openFile' as const], filters }
  const { canceled, filePaths } = await (parent
    ? dialog.showOpenDialog(parent, options)
    : dialog.showOpenDialog(options))
  return canceled ? null : (filePaths[0] ?? null)
}

function answerCalls(opened: Promise<DeskHost>, log: ReturnType<typeof openLog>['log']): void {
  const before = new Emitter<DeskEvent>()
  let host: DeskHost | null = null
  void opened.then(
    (ready) => {
      host = ready
    },
    () => undefined,
  )
  const ready = (): DeskHost => {
    if (!host) throw new Error('called before the desk was open')
    return host
  }
  const router = createRouter({
    desk: () => ready().desk(),
    saveFile: saveFileWith(chooseFile),
    chosenFiles: chosenFiles(() => chooseFileToOpen(CSV_FILES)),
    openFile: openFileWith(chooseFileToOpen),
    resources: join(import.meta.dirname, '../../resources'),
    reportOutlet,
    auth: { clock, deps: () => ready().authDeps(), firstRun: (seat, input) => ready().firstRun(seat, input) },
    system: {
      log,
      info: async () => {
        const { current, mode, sample } = await opened
        const desk = current()
        const settings = desk ? (await readImportant(desk.database.db)).value : DEFAULT_SETTINGS
        return {
          version: app.getVersion(),
          mode: mode(),
          sampleAccount: sample() ? { ...SAMPLE_ACCOUNT } : null,
          supportContact: settings.supportContact,
        }
      },
      events: () => host?.current()?.events ?? before,
      firstEvents: () => {
        const desk = host?.current()
        if (!desk) return []
        return [
          { type: 'keypad', lamp: desk.keypad.lamp() },
          { type: 'service', lamp: desk.serviceLamp() },
        ]
      },
      openExternal: (link) => openExternalLink(shell, link),
    },
  })
  acceptPorts({
    handler: createHandler(router, { clock, log }),
    windows: () => windows.keys(),
    seatOf: (contents) => windows.get(contents)?.seat ?? { name: '', session: null, lastTouchedAt: 0 },
    log,
  })
}

async function main(): Promise<void> {
  checkTransitions(PAYMENT_TRANSITIONS, PAYMENT_STATES, PAYMENT_EVENTS, 'unknown')
  checkTransitions(OPTION_TRANSITIONS, OPTION_STATES, OPTION_EVENTS, 'not-applied')
  const { log, close: closeLog } = openLog(join(folder, 'logs'))
  process.on('unhandledRejection', (error) => {
    log.error({ err: error instanceof Error ? error.stack : 'unknown' }, 'unhandled rejection')
  })
  confineNavigation(app, (what) => log.warn({ what }, 'refused to leave the app'))
  let deskHost: DeskHost | null = null
  const copied = watchClipboard({
    wanted: () => {
      const someone = [...windows.values()].some(({ seat }) => seat.session !== null)
      return someone && deskHost?.current()?.calls.ways.view().clipboard === true
    },
    read: () => clipboard.readText(),
    onCaller: (caller) => deskHost?.current()?.calls.desk.ring(caller, 'clipboard'),
  })
  const callSurroundings = {
    linksOpenHere: () => app.isDefaultProtocolClient(CALL_SCHEME),
    ownCopy: copied.ownCopy,
  }
  const opened = openDeskHost({ folder, commandLine, keyStore, clock, log, callSurroundings })
  await app.whenReady()
  denyWebPermissions(session.defaultSession)
  serveApp(session.defaultSession, join(import.meta.dirname, '../renderer'))
  answerCalls(opened, log)
  try {
    openWindow(() => deskHost?.current()?.seat.name() ?? hostname())
    const host = await opened
    deskHost = host
    entrance.openTo((caller, source) => {
      host.current()?.calls.desk.ring(caller, source)
      for (const { window } of windows.values()) if (!window.isFocused()) window.flashFrame(true)
    })
    const stopCopied = repeat(copied.look, 700, () => undefined)
    const stopIdle = repeat(
      async () => lockIdleSeats(host),
      2_000,
      () => undefined,
    )
    let closing = false
    app.on('will-quit', (event) => {
      if (closing) return
      closing = true
      event.preventDefault()
      void Promise.all([stopIdle(), stopCopied().then(() => host.close())])
        .then(closeLog)
        .finally(() => app.quit())
    })
  } catch (error) {
    // The page of the failure comes first: a program without any window would end.
    await showStartFailure(describeStartFailure(error, log))
    for (const { window } of windows.values()) window.destroy()
  }
}

function lockIdleSeats(host: DeskHost): void {
  for (const { seat } of windows.values()) {
    if (lockWhenIdle(seat, clock)) host.current()?.events.emit({ type: 'locked' })
  }
}

app.on('window-all-closed', () => app.quit())
if (commandLine.relay !== null) {
  // Beside a desk on the same PC: what Chromium keeps must not be shared.
  app.setPath('userData', join(folder, 'relay', 'chromium'))
  app.disableHardwareAcceleration()
  void runRelayApp(app, { args: commandLine.relay, profileFolder: folder, clock })
} else if (commandLine.runSubscriptions !== null) {
  app.disableHardwareAcceleration()
  const args = commandLine.runSubscriptions
  void runSubscriptionRunApp(app, { args, folder, simulatorFile: commandLine.simulatorFile, keyStore, clock })
} else if (app.requestSingleInstanceLock(handedArguments(process.argv))) {
  if (app.isPackaged) app.setAsDefaultProtocolClient(CALL_SCHEME)
  entrance.started(process.argv)
  app.on('second-instance', (_event, argv, _folder, handed) => {
    // A call never brings the window forward: any web page could then take the keys away from a form.
    if (entrance.started(argv, handed)) return
    const [first] = windows.values()
    if (first?.window.isMinimized()) first.window.restore()
    first?.window.focus()
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    entrance.link(url)
  })
  declareAppScheme()
  void main()
} else {
  app.quit()
}
