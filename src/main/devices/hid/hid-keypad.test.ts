import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeBus, FakeKeypad, SREDKEY, type FakeSettings } from '../../../../tests/support/fake-keypad-hid'
import { claimOrFail, ksnMemory, logClaim, statusUntil } from '../../../../tests/support/keypad-events'
import { commandVectors, keyedFrames } from '../../../../tests/support/keypad-vectors'
import { manualClock } from '../../platform/clock'
import type { KeypadPort } from '../keypad.port'
import { parseBlockReply, parseFirmwareText, parseTextReply, readCommand } from './commands'
import { hidKeypad } from './index'
import { KNOWN_KEYPADS, recogniseKeypad } from './recognise'

const holder = { seat: '1番席', operator: '鈴木' }
const frame = Uint8Array.from(Buffer.from(keyedFrames[0]?.bytes ?? '', 'hex'))
const trouble = (word: string) => ({ kind: 'trouble', trouble: word })
let folder = ''
const ports: KeypadPort[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keypad-lock-'))
})
afterEach(async () => {
  await Promise.all(ports.splice(0).map((port) => port.close()))
  rmSync(folder, { recursive: true })
})

function open(bus: FakeBus, searchMs = 60_000): KeypadPort {
  const port = hidKeypad({
    ksnMemory: ksnMemory(),
    clock: manualClock(0),
    lockFolder: folder,
    binding: async () => bus,
    read: { featureReportBytes: 8, replyTimeoutMs: 60, pollMs: 1 },
    searchMs,
  })
  ports.push(port)
  return port
}
const withSettings = (settings: FakeSettings) => new FakeBus(new FakeKeypad(settings))

describe('the keypad on USB', () => {
  it('tells who it is, asking with reads only', async () => {
    const bus = new FakeBus()
    expect(await open(bus).status()).toEqual({
      kind: 'ready',
      facts: { serial: '644T055742', model: 'ID TECH SREDKey', firmware: '1.02', securityLevel: '3' },
    })
    expect(bus.keypad.commands.map((command) => command[1])).toEqual([0x52, 0x52, 0x52])
  })

  it.each<[string, FakeSettings]>([
    ['every read is refused', { level: null, firmware: null, serial: null }],
    ['nothing is answered', { silent: true }],
    ['feature reports fail', { noFeatureReports: true }],
  ])('works when %s', async (_what, settings) => {
    const bus = withSettings(settings)
    const port = open(bus)
    expect(await port.status()).toEqual({
      kind: 'ready',
      facts: { serial: null, model: 'ID TECH SREDKey 2', firmware: null, securityLevel: null },
    })
    const log = logClaim(await claimOrFail(port, holder))
    bus.keypad.sendReports(frame)
    expect(await log.until(1)).toEqual(['frame C0'])
  })

  it.each<[string, FakeSettings]>([
    ['keys-exhausted', { level: '0' }],
    ['not-encrypting', { level: '1' }],
    ['not-encrypting', { level: '2' }],
    ['not-encrypting', { level: '4' }],
    ['keyboard-mode', { firmware: 'ID TECH SREDKey USB-KB  V 1.02' }],
    ['permission-denied', { openError: Object.assign(new Error('x'), { code: 'EACCES' }) }],
    ['busy', { openError: Object.assign(new Error('x'), { code: 'EBUSY' }) }],
    ['busy', { openError: new Error('cannot open device with path \\\\?\\hid') }],
    ['permission-denied', { openError: new Error("Failed to open '/dev/hidraw7': Permission denied") }],
  ])('%s', async (word, settings) => {
    const bus = withSettings(settings)
    expect(await open(bus).status()).toMatchObject(trouble(word))
    expect(await open(bus).claim(holder)).toMatchObject(trouble(word))
    expect(readdirSync(folder)).toEqual([])
    expect(bus.keypad.closed).toBe(bus.opened > 0)
  })

  it('one process at a time; the lock of a process that is gone is taken over', async () => {
    const [bus, other] = [new FakeBus(), new FakeBus()]
    const first = open(bus)
    await first.status()
    expect(await open(other).status()).toEqual(trouble('busy'))
    expect(other.opened).toBe(0)
    const [lock = ''] = readdirSync(folder)
    await first.close()
    writeFileSync(join(folder, lock), '4194304999')
    expect((await open(new FakeBus()).status()).kind).toBe('ready')
  })

  it('bytes without a claim are wiped; with one they are read and wiped', async () => {
    const bus = new FakeBus()
    const port = open(bus)
    await port.status()
    expect(bus.keypad.sendReports(frame).every((report) => report.every((byte) => byte === 0))).toBe(true)
    const claim = await claimOrFail(port, holder)
    expect(await port.claim({ seat: '2', operator: 'x' })).toEqual({ kind: 'in-use', holder })
    const log = logClaim(claim)
    const reports = bus.keypad.sendReports(frame, 8)
    expect(await log.until(1)).toEqual(['frame C0'])
    expect(reports.every((report) => report.every((byte) => byte === 0))).toBe(true)
    await claim.release()
    expect((await port.status()).kind).toBe('ready')
  })

  it('a frame that nobody took is wiped at the release', async () => {
    const bus = new FakeBus()
    const claim = await claimOrFail(open(bus), holder)
    bus.keypad.sendReports(frame)
    await claim.release()
    const words: string[] = []
    claim.onReading((reading) => words.push(reading.kind))
    bus.keypad.sendReports(frame)
    expect(words).toEqual([])
  })

  it('unplugged in mid-frame: the claim is lost, and the keypad is found again', async () => {
    const bus = new FakeBus()
    const port = open(bus, 5)
    const log = logClaim(await claimOrFail(port, holder))
    const first = bus.keypad
    first.sendReports(frame.subarray(0, 64))
    bus.interfaces = []
    first.unplug()
    expect(await log.until(1)).toEqual(['lost unplugged'])
    expect(first.closed).toBe(true)
    expect(await port.status()).toEqual(trouble('not-found'))
    bus.keypad = new FakeKeypad()
    bus.interfaces = [{ ...SREDKEY, path: '/dev/hidraw9' }]
    await statusUntil(port, (status) => status.kind === 'ready')
    const next = logClaim(await claimOrFail(port, holder))
    bus.keypad.sendReports(frame)
    expect(await next.until(1)).toEqual(['frame C0'])
  })
})

describe('recognising', () => {
  const kind = (...devices: object[]) =>
    recogniseKeypad(devices.map((device) => Object.assign({}, SREDKEY, device))).kind

  it('by vendor, then name, then product id', () => {
    expect(kind({})).toBe('keypad')
    expect(kind({ product: '', productId: 0x2610 })).toBe('keypad')
    expect(kind({ product: 'ID TECH TM3 SecureKey' })).toBe('keypad')
    expect(kind({ usagePage: 0 })).toBe('keypad')
    expect(kind({ vendorId: 0x046d })).toBe('none')
    expect(kind({ product: 'Augusta', productId: 0x3820 })).toBe('none')
    expect(kind()).toBe('none')
  })

  it('a keypad that types is told, unless it also has the other interface', () => {
    expect(kind({ usagePage: 1, usage: 6 })).toBe('keyboard-mode')
    expect(kind({ product: '', productId: 0x2620, usagePage: 0 })).toBe('keyboard-mode')
    expect(kind({ usagePage: 1, usage: 6 }, {})).toBe('keypad')
    expect(KNOWN_KEYPADS.vendorId).toBe(0x0acd)
  })
})

describe('commands', () => {
  const bytes = (hex: string) => Buffer.from(hex, 'hex')

  it('are the published bytes', () => {
    expect(readCommand(0x7e)).toEqual(bytes(commandVectors.readSecurityLevel))
    expect(readCommand(0x22)).toEqual(bytes(commandVectors.readFirmware))
    expect(parseBlockReply(bytes(commandVectors.securityLevelReply), 0x7e)).toEqual({
      kind: 'data',
      data: Buffer.from('3'),
    })
  })

  it('a reply in parts, refused, broken or of another setting', () => {
    const reply = bytes(commandVectors.securityLevelReply)
    for (let end = 0; end < reply.length; end += 1) {
      expect(parseBlockReply(reply.subarray(0, end), 0x7e).kind).toBe('incomplete')
    }
    expect(parseBlockReply(Buffer.from([0x15]), 0x7e).kind).toBe('refused')
    expect(parseBlockReply(Buffer.from([0xfd, 1]), 0x7e).kind).toBe('refused')
    expect(parseBlockReply(reply, 0x4e).kind).toBe('refused')
    reply.writeUInt8(0x30, 4)
    expect(parseBlockReply(reply, 0x7e).kind).toBe('refused')
    expect(parseTextReply(Buffer.from([6, 2, 0x41])).kind).toBe('incomplete')
  })

  it('reads the firmware text', () => {
    expect(parseFirmwareText('ID TECH TM3 SecureKey USB-HID V 2.31B')).toEqual({
      model: 'ID TECH TM3 SecureKey',
      version: '2.31B',
      mode: 'hid',
    })
    expect(parseFirmwareText('')).toEqual({ model: null, version: null, mode: null })
  })
})
