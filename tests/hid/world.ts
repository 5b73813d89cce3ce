import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach } from 'node:test'
import { hidKeypad, type HidInterface } from '../../src/main/devices/hid'
import type { KeypadPort, KeypadReading, KeypadStatus } from '../../src/main/devices/keypad.port'
import { systemClock } from '../../src/main/platform/clock'
import { ksnWithCounter } from '../../src/simulator/dukpt'
import { enhancedFrame, originalFrame } from '../../src/simulator/keypad/frames'
import { TEST_CARDS } from '../../src/simulator/keypad/test-cards'
import { ksnMemory } from '../support/keypad-events'
import { Bus } from './bus'

export const holder = { seat: '1番席', operator: '鈴木' }
/** Ends a test that would wait for ever; no test takes nearly as long. */
export const HANG_MS = Number(process.env.HID_HANG_MS ?? 30_000)
/** How often a missing keypad is looked for here. */
const SEARCH_MS = 50

/** What each test has: a bus with nothing plugged in, and ports that are closed behind it. */
export class World {
  bus = new Bus()
  lockFolder = ''
  readonly #ports: KeypadPort[] = []

  port(which?: (device: HidInterface) => boolean): KeypadPort {
    const port = hidKeypad({
      clock: systemClock,
      ksnMemory: ksnMemory(),
      lockFolder: this.lockFolder,
      searchMs: SEARCH_MS,
      ...(which === undefined ? {} : { which }),
    })
    this.#ports.push(port)
    return port
  }

  begin(): void {
    this.lockFolder = mkdtempSync(join(tmpdir(), 'locks-'))
    // A desk under another user shares the folder.
    chmodSync(this.lockFolder, 0o777)
  }

  async end(): Promise<void> {
    await Promise.all(this.#ports.splice(0).map((port) => port.close()))
    await this.bus.unplugAll()
    rmSync(this.lockFolder, { recursive: true })
  }
}

export function useWorld(): World {
  const world = new World()
  beforeEach(() => world.begin())
  afterEach(() => world.end())
  after(() => world.bus.close())
  return world
}

const identity = { serial: 'TEST000001', cipher: 'TDES' } as const
const KSN_BASE = 'FFFF9876543210E00000'
let counter = 0

/** A keyed card under the next KSN, and what is to be read of it. */
export function card(format: 'C0' | '85' = 'C0', serial: string = identity.serial) {
  counter += 1
  const pan = TEST_CARDS[0]?.pan ?? ''
  const keyed = { pan, expiry: '2812' }
  const ksn = ksnWithCounter(KSN_BASE, counter)
  const bytes =
    format === 'C0' ? enhancedFrame(keyed, ksn, { ...identity, serial }) : originalFrame(keyed, ksn)
  const enhanced = format === 'C0'
  return {
    bytes,
    expected: {
      format,
      masked: enhanced ? `${pan.slice(0, 4)}${'*'.repeat(pan.length - 8)}${pan.slice(-4)}` : null,
      expiryYYMM: '2812',
      serial: enhanced ? serial : null,
      keySet: KSN_BASE.slice(0, 16),
      counter,
      cipher: 'TDES-CBC',
      hex: bytes.toString('hex'),
    },
  }
}

/** A reading in the form of `card().expected`, or the reason of a refusal. */
export function told(reading: KeypadReading | undefined): unknown {
  if (reading?.kind !== 'frame') return reading?.reason
  const { facts } = reading.frame
  return { ...facts, hex: reading.frame.use((bytes) => Buffer.from(bytes).toString('hex')) }
}

export const isReady = (status: KeypadStatus): boolean => status.kind === 'ready'
export const trouble = (word: string) => ({ kind: 'trouble', trouble: word })
