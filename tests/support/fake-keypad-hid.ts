import { EventEmitter } from 'node:events'
import type { HidBinding, HidHandle, HidInterface } from '../../src/main/devices/hid'

export interface FakeSettings {
  /** Null: the read is refused. */
  level?: string | null
  firmware?: string | null
  serial?: string | null
  /** Never answers a command. */
  silent?: boolean
  /** Every feature report fails. */
  noFeatureReports?: boolean
  /** What opening fails with. */
  openError?: Error | null
}

const REPORT_BYTES = 8
/** Empty pieces before each reply: the device is not ready at once. */
const NOT_READY = 3

const check = (bytes: readonly number[]) => bytes.reduce((xor, byte) => xor ^ byte, 0)
const text = (value: string) => [...Buffer.from(value, 'latin1')]

function block(id: number, data: readonly number[]): number[] {
  const body = [0x02, id, data.length, ...data, 0x03]
  return [0x06, ...body, check(body)]
}

/** Answer of the true protocol to one command. */
function answerTo(command: Buffer, settings: FakeSettings): number[] {
  const { level = '3', firmware = 'ID TECH SREDKey USB-HID V 1.02', serial = '644T055742' } = settings
  const [, verb, id] = command
  if (verb !== 0x52) throw new Error('only reads are allowed')
  if (id === 0x7e) return level === null ? [0x15] : block(0x7e, text(level))
  if (id === 0x4e) return serial === null ? [0x15] : block(0x4e, [serial.length, ...text(serial)])
  if (id !== 0x22 || firmware === null) return [0x15]
  const body = [0x02, ...text(firmware), 0x03]
  return [0x06, ...body, check(body)]
}

/** A keypad on USB as node-hid shows it: feature reports for commands, input reports for cards. */
export class FakeKeypad extends EventEmitter implements HidHandle {
  readonly commands: Buffer[] = []
  readonly settings: FakeSettings
  closed = false
  #pieces: Buffer[] = []

  constructor(settings: FakeSettings = {}) {
    super()
    this.settings = settings
  }

  async sendFeatureReport(data: Buffer): Promise<number> {
    if (this.settings.noFeatureReports === true) throw new Error('could not send feature report to device')
    if (data.length !== REPORT_BYTES + 1 || data[0] !== 0) throw new Error('wrong report size')
    const command = data.subarray(1, 6)
    this.commands.push(Buffer.from(command))
    const reply = this.settings.silent === true ? [] : answerTo(command, this.settings)
    const empty = Array.from({ length: NOT_READY }, () => Buffer.alloc(REPORT_BYTES))
    const pieces = Array.from({ length: Math.ceil(reply.length / REPORT_BYTES) }, (_, index) => {
      const piece = Buffer.alloc(REPORT_BYTES)
      Buffer.from(reply).copy(piece, 0, index * REPORT_BYTES, (index + 1) * REPORT_BYTES)
      return piece
    })
    this.#pieces = [...empty, ...pieces]
    return data.length
  }

  async getFeatureReport(_id: number, length: number): Promise<Buffer> {
    const piece = this.#pieces.shift() ?? Buffer.alloc(REPORT_BYTES)
    return Buffer.concat([Buffer.from([0]), piece], length)
  }

  async close(): Promise<void> {
    this.closed = true
  }

  /** Sends a card's bytes as input reports; gives the buffers back, to see whether they were wiped. */
  sendReports(bytes: Uint8Array, size = 64): Buffer[] {
    const reports: Buffer[] = []
    for (let at = 0; at < bytes.length; at += size) {
      const report = Buffer.alloc(size)
      Buffer.from(bytes.subarray(at, at + size)).copy(report)
      reports.push(report)
      this.emit('data', report)
    }
    return reports
  }

  unplug(): void {
    this.emit('error', new Error('could not read from HID device'))
  }
}

export const SREDKEY: HidInterface = {
  vendorId: 0x0acd,
  productId: 0x2699,
  path: '/dev/hidraw7',
  product: 'ID TECH SREDKey 2',
  usagePage: 0xff00,
  usage: 1,
}

/** A USB bus: what is plugged in can be changed while the program runs. */
export class FakeBus implements HidBinding {
  interfaces: HidInterface[]
  keypad: FakeKeypad
  opened = 0

  constructor(keypad = new FakeKeypad(), interfaces: HidInterface[] = [SREDKEY]) {
    this.keypad = keypad
    this.interfaces = interfaces
  }

  async devices(): Promise<readonly HidInterface[]> {
    return this.interfaces
  }

  async open(path: string): Promise<HidHandle> {
    const { openError } = this.keypad.settings
    if (openError !== undefined && openError !== null) throw openError
    if (!this.interfaces.some((device) => device.path === path)) throw new Error('no such path')
    this.opened += 1
    return this.keypad
  }
}
