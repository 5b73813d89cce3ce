import { randomInt } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { ksnWithCounter, nextCounter } from '../dukpt'
import {
  enhancedFrame,
  originalFrame,
  plaintextFrame,
  swipeFrame,
  type DeviceIdentity,
  type KeyedCard,
} from './frames'
import { isTestCard } from './test-cards'

export const FAULTS = [
  'broken-lrc',
  'cut-frame',
  'pause',
  'two-frames',
  'replayed-ksn',
  'plaintext',
  'swipe',
  'slow-bytes',
] as const
export type Fault = (typeof FAULTS)[number]
export type FrameFormat = 'C0' | '85'

/** Data of one report, sent `afterMs` after the one before. */
export interface Report {
  readonly data: Buffer
  readonly afterMs: number
}

/** Longer than a desk waits for the rest of a frame. */
const PAUSE_MS = 2600
const SLOW_MS = 15
const REPORT_BYTES = 64

/** A keypad that keeps its KSN counter in a file, so that no counter is ever used twice. */
export class VirtualKeypad {
  readonly identity: DeviceIdentity
  readonly #file: string
  readonly #ksnBase: string
  #counter: number

  constructor(file: string, identity: DeviceIdentity = { serial: 'TEST000001', cipher: 'TDES' }) {
    this.#file = file
    this.identity = identity
    const stored = readCounter(file)
    this.#ksnBase = stored?.ksnBase ?? freshKsnBase()
    this.#counter = stored?.counter ?? 0
    if (stored === null) this.#store()
  }

  /** The reports of one keyed card. Throws `RangeError` for what the keypad does not take. */
  key(card: KeyedCard, format: FrameFormat, fault: Fault | null): Report[] {
    if (!isTestCard(card.pan)) throw new RangeError('not a published test card')
    if (!/^\d\d(0[1-9]|1[0-2])$/.test(card.expiry)) throw new RangeError('expiry is YYMM')
    const frame = () => this.#frame(card, format)
    switch (fault) {
      case null:
        return reports(frame())
      case 'broken-lrc': {
        const broken = frame()
        broken.writeUInt8(broken.readUInt8(broken.length - 3) ^ 0x01, broken.length - 3)
        return reports(broken)
      }
      case 'cut-frame':
        return reports(frame().subarray(0, 50))
      case 'pause': {
        const whole = frame()
        const [next, ...rest] = reports(whole.subarray(40))
        const late = next === undefined ? [] : [{ data: next.data, afterMs: PAUSE_MS }]
        return [...reports(whole.subarray(0, 40)), ...late, ...rest]
      }
      case 'two-frames':
        return reports(Buffer.concat([frame(), frame()]))
      case 'replayed-ksn':
        return this.#replay(card, format)
      case 'plaintext':
        return reports(plaintextFrame(card, this.identity))
      case 'swipe':
        return reports(swipeFrame(card, this.#nextKsn(), this.identity))
      case 'slow-bytes':
        return reports(frame(), 8, SLOW_MS)
    }
  }

  /** A frame under a KSN that has been sent before; a keypad that never sent one sends one first. */
  #replay(card: KeyedCard, format: FrameFormat): Report[] {
    const first = this.#counter === 0 ? reports(this.#frame(card, format)) : []
    const used = ksnWithCounter(this.#ksnBase, this.#counter)
    return [...first, ...reports(this.#frame(card, format, used))]
  }

  #frame(card: KeyedCard, format: FrameFormat, ksn = this.#nextKsn()): Buffer {
    return format === 'C0' ? enhancedFrame(card, ksn, this.identity) : originalFrame(card, ksn)
  }

  /** Counts up; the new value is on disk before it is used. */
  #nextKsn(): Buffer {
    const next = nextCounter(this.#counter)
    if (next === null) throw new RangeError('keys are used up')
    this.#counter = next
    this.#store()
    return ksnWithCounter(this.#ksnBase, next)
  }

  #store(): void {
    mkdirSync(dirname(this.#file), { recursive: true })
    const draft = `${this.#file}.new`
    const descriptor = openSync(draft, 'w', 0o600)
    try {
      writeSync(descriptor, `${JSON.stringify({ ksnBase: this.#ksnBase, counter: this.#counter })}\n`)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(draft, this.#file)
  }
}

/** Cut into reports of fixed size, the last one filled with zeros, as HID delivers them. */
function reports(bytes: Buffer, size = REPORT_BYTES, afterMs = 0): Report[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => {
    const data = Buffer.alloc(size)
    bytes.copy(data, 0, index * size, (index + 1) * size)
    return { data, afterMs }
  })
}

/** Key set of the public test key, with a device number of its own for each data folder. */
function freshKsnBase(): string {
  const base = Buffer.from('FFFF9876540000000000', 'hex')
  // 19 bits of device number stand above the 21 bits of the counter.
  base.writeUIntBE(randomInt(2 ** 19) * 2 ** 5, 5, 3)
  return base.toString('hex').toUpperCase()
}

function readCounter(file: string): { ksnBase: string; counter: number } | null {
  if (!existsSync(file)) return null
  const stored: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (typeof stored === 'object' && stored !== null && 'ksnBase' in stored && 'counter' in stored) {
    const { ksnBase, counter } = stored
    if (typeof ksnBase === 'string' && /^[\dA-F]{20}$/.test(ksnBase) && Number.isInteger(counter)) {
      return { ksnBase, counter: Number(counter) }
    }
  }
  throw new Error(`${file} is not a KSN counter; remove it to start with a new device number`)
}
