import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { call } from '@orpc/server'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeypadSettings } from '../../src/contract/settings'
import { openDeskHost, type DeskHost } from '../../src/main/composition/desk-host'
import { createRouter } from '../../src/main/composition/router'
import { chosenFiles } from '../../src/main/platform/chosen-files'
import { SAMPLE_ACCOUNT } from '../../src/main/composition/sample'
import { systemClock as clock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { FakeBus, FakeKeypad, SREDKEY } from '../support/fake-keypad-hid'

const COMMAND = '000253230130034000'
const TYPING = { ...SREDKEY, productId: 0x2620, usagePage: 1, usage: 6 }
const commandLine = {
  profileFolder: null,
  sample: true,
  sampleSubscriptions: false,
  simulatorFile: null,
  relayPort: null,
  relay: null,
  runSubscriptions: null,
}
const keyStore = { isAvailable: () => false, encrypt: () => new Uint8Array(), decrypt: () => '' }

/** Takes the one write or refuses it, and answers questions like any other. */
class SwitchedKeypad extends FakeKeypad {
  readonly writes: string[] = []
  onWrite: () => Buffer[] = () => []
  #answers: Buffer[] = []

  override async sendFeatureReport(data: Buffer): Promise<number> {
    if (data[2] === 0x52) return super.sendFeatureReport(data)
    this.writes.push(data.toString('hex'))
    this.#answers = this.onWrite()
    return data.length
  }

  override async getFeatureReport(id: number, length: number): Promise<Buffer> {
    const answer = this.#answers.shift()
    return answer ? Buffer.concat([Buffer.alloc(1), answer], length) : super.getFeatureReport(id, length)
  }
}

let folder = ''
let keypad: SwitchedKeypad
let bus: FakeBus
let host: DeskHost
let lines: string[]
beforeEach(async () => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'hid-mode-'))
  keypad = new SwitchedKeypad()
  bus = new FakeBus(keypad, [TYPING])
  lines = []
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  const read = { featureReportBytes: 8, replyTimeoutMs: 50, pollMs: 1 }
  const usb = { binding: async () => bus, read }
  host = await openDeskHost({ folder, commandLine, keyStore, clock, log, usb })
})
afterEach(async () => {
  await host.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The settings as the sample's admin calls them, over the whole of main but the window. */
async function asAdmin() {
  const router = createRouter({
    desk: () => host.desk(),
    saveFile: async () => ({ saved: false }),
    chosenFiles: chosenFiles(async () => null),
    openFile: async () => null,
    resources: resolve(import.meta.dirname, '../../resources'),
    reportOutlet: { copy: () => undefined, save: async () => 'cancelled' },
    auth: { clock, deps: () => host.authDeps(), firstRun: (at, input) => host.firstRun(at, input) },
    system: {
      log: pino({ level: 'silent' }),
      info: async () => ({ version: '0', mode: host.mode(), sampleAccount: null, supportContact: '' }),
      events: () => new Emitter(),
      firstEvents: () => [],
      openExternal: async () => undefined,
    },
  })
  const context = { seat: { name: 'test', session: null, lastTouchedAt: clock.now() } }
  await call(router.auth.signIn, SAMPLE_ACCOUNT, { context })
  const { settings } = router
  const save = async (change: Partial<KeypadSettings>) => {
    const { version, values } = await call(settings.getImportant, undefined, { context })
    await call(settings.saveImportant, { version, values: { ...values, ...change } }, { context })
    return { ...values, ...change }
  }
  const test = (values: KeypadSettings) => call(settings.testKeypad, { values }, { context })
  const send = (input: unknown): Promise<unknown> =>
    Reflect.apply(call, null, [settings.setHidMode, input, { context }])
  const change = () => send({ providerConsent: true })
  const diagnose = async () => {
    const found = new Map<string, { state: string; detail: string }>()
    for await (const event of await call(router.diagnosis.run, undefined, { context })) {
      if (event.type === 'step') found.set(event.finding.step, event.finding)
      else found.set('report', { state: '', detail: event.text })
    }
    return found
  }
  return { save, test, send, change, diagnose }
}

describe('HIDモードに切り替える', () => {
  it('one write with consent; the keypad that comes back is found by the next test', async () => {
    const { save, test, change } = await asAdmin()
    const values = await save({ connection: 'usb' })
    expect((await test(values)).finding).toMatchObject({ cause: 'keyboard-mode' })
    keypad.onWrite = () => {
      bus.interfaces = [SREDKEY]
      return [Buffer.from([0x06])]
    }
    expect(await change()).toEqual({ outcome: 'switched', why: null })
    expect(keypad.writes).toEqual([COMMAND])
    expect(await test(values)).toMatchObject({ ok: true, serial: '644T055742', finding: null })
    expect(await change()).toEqual({ outcome: 'already', why: null })
    expect(keypad.writes).toHaveLength(1)
    const told = lines.filter((line) => line.includes('HID mode'))
    expect(told.map((line) => Object.keys(JSON.parse(line)).toSorted())).toEqual(
      Array.from({ length: 2 }, () => ['hostname', 'level', 'msg', 'outcome', 'pid', 'time']),
    )
  })

  it('says what was refused, what is missing and what may not be opened', async () => {
    const { save, change } = await asAdmin()
    await save({ connection: 'usb' })
    keypad.onWrite = () => [Buffer.from([0x15])]
    expect(await change()).toEqual({ outcome: 'refused', why: null })
    // It takes the write, and then types as before, or does not come back.
    keypad.onWrite = () => [Buffer.from([0x06])]
    expect(await change()).toEqual({ outcome: 'unchanged', why: null })
    keypad.onWrite = () => {
      bus.interfaces = []
      return [Buffer.from([0x06])]
    }
    expect(await change()).toEqual({ outcome: 'gone', why: null })
    bus.interfaces = [TYPING]
    keypad.settings.openError = Object.assign(new Error('no'), { code: 'EACCES' })
    const denied = await change()
    expect(denied).toMatchObject({ outcome: 'trouble' })
    expect(JSON.stringify(denied)).toContain('60-uketsuke-keypad.rules')
    bus.interfaces = []
    expect(await change()).toMatchObject({
      outcome: 'trouble',
      why: expect.stringContaining('見つかりません'),
    })
    expect(readdirSync(join(folder, 'locks'))).toEqual([])
  })

  it('writes to nothing while the kept connection is a relay', async () => {
    const { change, save } = await asAdmin()
    await expect(change()).rejects.toMatchObject({ code: 'NOT_USB' })
    await save({ connection: 'usb', keypadEnabled: false })
    expect(await change()).toMatchObject({ outcome: 'unchanged' })
    expect(keypad.writes).toEqual([COMMAND])
  })

  it.each([
    [undefined],
    [null],
    [{}],
    [{ providerConsent: false }],
    [{ providerConsent: 'true' }],
    [{ providerConsent: 1 }],
    [{ providerConsent: [true] }],
    [[true]],
  ])('writes to nothing for %j', async (input) => {
    const { send, save } = await asAdmin()
    await save({ connection: 'usb' })
    await expect(send(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(keypad.writes).toEqual([])
  })

  it('several at once make one write', async () => {
    const { change, save } = await asAdmin()
    await save({ connection: 'usb' })
    keypad.onWrite = () => {
      bus.interfaces = [SREDKEY]
      return []
    }
    const outcomes = await Promise.all([change(), change(), change()])
    expect(outcomes.filter((found) => JSON.stringify(found).includes('"switched"'))).toHaveLength(1)
    expect(keypad.writes).toEqual([COMMAND])
  })
})

describe.runIf(process.platform === 'linux')('another program that has the keypad open', () => {
  it('is named, by plain signs only, in the test and in 診断, and no longer when it has ended', async () => {
    const path = join(folder, 'device')
    const hostile = join(folder, '\u001B[31m\u202E受付')
    writeFileSync(path, '')
    symlinkSync('/bin/sh', hostile)
    bus.interfaces = [{ ...SREDKEY, path }]
    const { save, test, diagnose } = await asAdmin()
    const values = await save({ connection: 'usb' })
    expect(await test(values)).toMatchObject({ ok: true, otherPrograms: [] })

    const program = spawn(hostile, ['-c', 'exec 3<"$0"; echo open; read line', path])
    await once(program.stdout, 'data')
    const others = [{ pid: program.pid, name: '[31m受付' }]
    expect(await test(values)).toMatchObject({ ok: true, finding: null, otherPrograms: others })
    const found = await diagnose()
    expect(found.get('cable')).toMatchObject({ state: 'warning' })
    expect(found.get('cable')?.detail).toContain(`[31m受付、PID ${program.pid}`)
    expect(found.get('report')?.detail).toContain('注意 1件')

    const exit = once(program, 'exit')
    program.stdin.end()
    await exit
    expect((await test(values)).otherPrograms).toEqual([])
    expect((await diagnose()).get('cable')?.state).toBe('good')
  })
})
