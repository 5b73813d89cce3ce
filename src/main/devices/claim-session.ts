import { KeypadFrameReceiver } from '../domain/keypad-frame'
import type { Clock } from '../platform/clock'
import type { KeypadClaim, KeypadReading, KeypadTrouble, KsnMemory } from './keypad.port'

const TICK_MS = 250

export interface ClaimSessionOptions {
  readonly clock: Clock
  readonly ksnMemory: KsnMemory
  /** Gives the keypad back; called once, not after a loss. */
  readonly giveBack: () => Promise<void>
}

/** A list of listeners that keeps what was told before the first one came. */
class Told<T> {
  #listeners: ((value: T) => void)[] = []
  #early: T[] = []

  on(listener: (value: T) => void): void {
    this.#listeners.push(listener)
    for (const value of this.#early.splice(0)) listener(value)
  }

  tell(value: T): void {
    if (this.#listeners.length === 0) this.#early.push(value)
    for (const listener of this.#listeners) listener(value)
  }

  /** As `tell`, for news that must not fail: a listener's trouble is its own. */
  tellQuietly(value: T): void {
    try {
      this.tell(value)
    } catch {
      /* The cable's code must not end because a screen could not draw. */
    }
  }

  /** Takes away listeners and what nobody has heard. */
  clear(): T[] {
    this.#listeners = []
    return this.#early.splice(0)
  }
}

/** One claim, the same for every cable: report bytes in, readings out, everything wiped at its end. */
export class ClaimSession implements KeypadClaim {
  readonly #options: ClaimSessionOptions
  readonly #receiver: KeypadFrameReceiver
  readonly #readings = new Told<KeypadReading>()
  readonly #receiving = new Told<void>()
  readonly #lost = new Told<KeypadTrouble>()
  readonly #ticker: NodeJS.Timeout
  #state: 'open' | 'lost' | 'released' = 'open'

  constructor(options: ClaimSessionOptions) {
    this.#options = options
    this.#receiver = new KeypadFrameReceiver({
      clock: options.clock,
      memory: options.ksnMemory,
      onReading: (reading) => this.#handOn(reading),
      onReceiving: () => this.noticeReceiving(),
    })
    this.#ticker = setInterval(() => this.#receiver.tick(), TICK_MS)
    this.#ticker.unref()
  }

  /** Report data for this claim; overwritten here once it has been taken in. */
  feed(bytes: Uint8Array): void {
    if (this.#state === 'open') this.#receiver.push(bytes)
    bytes.fill(0)
  }

  noticeReceiving(): void {
    if (this.#state === 'open') this.#receiving.tellQuietly()
  }

  /** The keypad is gone. Frames that were complete before have been handed on, a part of one is wiped. */
  lose(trouble: KeypadTrouble): void {
    if (this.#state !== 'open') return
    this.#state = 'lost'
    this.#stop()
    this.#lost.tellQuietly(trouble)
  }

  onReading(listener: (reading: KeypadReading) => void): void {
    this.#readings.on(listener)
  }

  onReceiving(listener: () => void): void {
    this.#receiving.on(listener)
  }

  onLost(listener: (trouble: KeypadTrouble) => void): void {
    this.#lost.on(listener)
  }

  async release(): Promise<void> {
    if (this.#state === 'released') return
    const held = this.#state === 'open'
    this.#state = 'released'
    this.#stop()
    for (const reading of this.#readings.clear()) wipe(reading)
    this.#receiving.clear()
    this.#lost.clear()
    if (held) await this.#options.giveBack()
  }

  #stop(): void {
    clearInterval(this.#ticker)
    this.#receiver.reset()
  }

  #handOn(reading: KeypadReading): void {
    if (this.#state === 'released') wipe(reading)
    else this.#readings.tell(reading)
  }
}

function wipe(reading: KeypadReading): void {
  if (reading.kind === 'frame') reading.frame.wipe()
}
