import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeBus, FakeKeypad, SREDKEY } from '../../../../tests/support/fake-keypad-hid'
import type { HidInterface } from './binding'
import { DeviceLock } from './device-lock'
import { findKeypads } from './recognise'
import { setHidMode } from './set-hid-mode'

const TYPING = { ...SREDKEY, productId: 0x2620, usagePage: 1, usage: 6 }
const COMMAND = '000253230130034000'

/** A keypad that types, and what it does at the write. */
class TypingKeypad extends FakeKeypad {
  readonly writes: string[] = []
  readonly atWrite: () => Buffer[]
  #answers: Buffer[] = []

  constructor(atWrite: () => Buffer[]) {
    super()
    this.atWrite = atWrite
  }

  override async sendFeatureReport(data: Buffer): Promise<number> {
    this.writes.push(data.toString('hex'))
    this.#answers = this.atWrite()
    return data.length
  }

  override async getFeatureReport(): Promise<Buffer> {
    return Buffer.concat([Buffer.alloc(1), this.#answers.shift() ?? Buffer.alloc(8)], 9)
  }
}

/** A bus whose keypad restarts at the write: it fails or shows none for so many looks, and then these. */
class RestartingBus extends FakeBus {
  listed = 0
  readonly #looks: number
  readonly #then: HidInterface[]
  #written = false

  constructor(looks: number, then: HidInterface[]) {
    super(new FakeKeypad(), [TYPING])
    this.keypad = new TypingKeypad(() => {
      this.#written = true
      return [Buffer.from([0x06])]
    })
    this.#looks = looks
    this.#then = then
  }

  override async devices(): Promise<readonly HidInterface[]> {
    if (!this.#written) return this.interfaces
    this.listed += 1
    if (this.listed === 1) throw new Error('could not list devices')
    return this.listed > this.#looks ? this.#then : []
  }
}

let lockFolder = ''
beforeEach(() => {
  lockFolder = mkdtempSync(join(tmpdir(), 'keypad-mode-'))
})
afterEach(() => rmSync(lockFolder, { recursive: true }))

const read = { featureReportBytes: 8, replyTimeoutMs: 10, pollMs: 1 }
const switchOn = (bus: FakeBus) => setHidMode({ lockFolder, binding: async () => bus, read })
const gone = (): never => {
  throw new Error('could not send feature report to device')
}

describe('setting HID mode', () => {
  it.each<[string, Buffer[]]>([
    ['refused', [Buffer.from([0x15])]],
    ['refused', [Buffer.from([0xfd])]],
    // Acknowledged or not: it types as before.
    ['unchanged', [Buffer.alloc(8), Buffer.from([0x06])]],
    ['unchanged', []],
  ])('%s', async (kind, answers) => {
    const keypad = new TypingKeypad(() => answers)
    expect(await switchOn(new FakeBus(keypad, [TYPING]))).toEqual({ kind })
    expect(keypad.writes).toEqual([COMMAND])
    expect(keypad.closed).toBe(true)
    expect(readdirSync(lockFolder)).toEqual([])
  })

  it('a keypad that comes back in HID mode is switched, though it was gone for a while', async () => {
    const bus = new RestartingBus(3, [SREDKEY])
    expect(await switchOn(bus)).toEqual({ kind: 'switched' })
    expect(bus.listed).toBe(4)
    expect(readdirSync(lockFolder)).toEqual([])
  })

  it('a keypad that does not come back is gone', async () => {
    expect(await switchOn(new RestartingBus(Infinity, [SREDKEY]))).toEqual({ kind: 'gone' })
    expect(readdirSync(lockFolder)).toEqual([])
  })

  it('a write that failed counts when the keypad has left', async () => {
    const bus = new FakeBus(new TypingKeypad(gone), [TYPING])
    expect(await switchOn(bus)).toEqual({ kind: 'refused' })
    bus.keypad = new TypingKeypad(() => {
      bus.interfaces = [SREDKEY]
      return gone()
    })
    expect(await switchOn(bus)).toEqual({ kind: 'switched' })
  })

  it('nothing is written to a keypad in HID mode, to one in use, or to none', async () => {
    const keypad = new TypingKeypad(() => [])
    expect(await switchOn(new FakeBus(keypad, [SREDKEY, TYPING]))).toEqual({ kind: 'already' })
    expect(await switchOn(new FakeBus(keypad, []))).toEqual({ kind: 'trouble', trouble: 'not-found' })
    const lock = await DeviceLock.take(lockFolder, TYPING.path ?? '')
    expect(await switchOn(new FakeBus(keypad, [TYPING]))).toEqual({ kind: 'trouble', trouble: 'busy' })
    await lock?.release()
    expect(keypad.writes).toEqual([])
  })
})

describe('finding keypads', () => {
  it('lists each path once; what reads comes before what types', () => {
    const found = findKeypads([
      TYPING,
      SREDKEY,
      { ...TYPING, path: '/dev/hidraw8' },
      { ...SREDKEY, path: '/dev/hidraw9', vendorId: 0x046d },
      { ...SREDKEY, path: '' },
    ])
    expect(found.map(({ path, mode }) => [path, mode])).toEqual([
      ['/dev/hidraw7', 'hid'],
      ['/dev/hidraw8', 'keyboard'],
    ])
  })
})
