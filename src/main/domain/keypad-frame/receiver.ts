import { CardFrame } from '../card-frame'
import type { ParsedFrame } from './fields'
import { splitKsn } from './ksn'
import { CounterUsed, type KeypadReading, type KsnMemory, type LateRefusal } from './reading'
import { FrameScanner, type Found } from './scanner'

/** A partial frame is given up this long after its first byte. */
export const PARTIAL_FRAME_MS = 2000

export interface ReceiverOptions {
  /** Epoch milliseconds. */
  readonly clock: { now(): number }
  readonly memory: KsnMemory
  readonly onReading: (reading: KeypadReading) => void
  /** The first byte of a frame has arrived; once for each pending frame. */
  readonly onReceiving?: () => void
  readonly maskCharacter?: string
}

/**
 * Turns report data into readings; the one receiver for every cable. Readings come in the order of the frames, at
 * once: a frame is judged by the counters in memory, and its own is written beside whatever is done with it. Holds no
 * byte longer than it must.
 */
export class KeypadFrameReceiver {
  readonly #options: ReceiverOptions
  readonly #scanner: FrameScanner
  /** Highest counters of this session, so that two equal frames in one piece are told apart. */
  readonly #counters = new Map<string, number>()
  #pendingSince: number | null = null
  #lastWrite: Promise<unknown> = Promise.resolve()

  constructor(options: ReceiverOptions) {
    this.#options = options
    this.#scanner = new FrameScanner({ maskCharacter: options.maskCharacter ?? '*' })
  }

  /** Takes the data of one report, or of any other piece. The caller may overwrite its copy afterwards. */
  push(bytes: Uint8Array): void {
    this.tick()
    const wasPending = this.#scanner.pending
    const found = this.#scanner.push(bytes)
    if (found.length > 0) this.#pendingSince = null
    if (this.#scanner.pending) this.#pendingSince ??= this.#options.clock.now()
    else this.#pendingSince = null
    if (!wasPending && (this.#scanner.pending || found.length > 0)) this.#options.onReceiving?.()
    this.#handOn(found)
  }

  /** Gives a partial frame up when its time is over; call it a few times a second. */
  tick(): void {
    if (this.#pendingSince === null) return
    if (this.#options.clock.now() - this.#pendingSince >= PARTIAL_FRAME_MS) this.end()
  }

  /** No more bytes will come: a partial frame is reported as incomplete. */
  end(): void {
    this.#pendingSince = null
    this.#handOn(this.#scanner.expire())
  }

  /** Forgets and overwrites a partial frame without a word. */
  reset(): void {
    this.#pendingSince = null
    this.#scanner.reset()
  }

  /** Resolves when the counters of all frames so far have been written, or could not be. */
  async settled(): Promise<void> {
    await this.#lastWrite
  }

  #handOn(found: readonly Found[]): void {
    for (const item of found) {
      this.#deliver(item.kind === 'refused' ? item : this.#judge(item.bytes, item.parsed))
    }
  }

  #judge(bytes: Uint8Array, parsed: ParsedFrame): KeypadReading {
    const { ksn, ...facts } = parsed
    const { keySet, counter } = splitKsn(ksn)
    const frame = new CardFrame(bytes, { ...facts, keySet, counter })
    const last = this.#lastCounter(keySet)
    if (last === null) {
      frame.wipe()
      return { kind: 'refused', reason: 'not-recorded' }
    }
    if (counter <= last) {
      frame.wipe()
      return { kind: 'refused', reason: 'replay' }
    }
    this.#counters.set(keySet, counter)
    return { kind: 'frame', frame, lateRefusal: this.#write(keySet, counter) }
  }

  /** Counters are written in the order of their frames: a later one that came first would refuse the earlier. */
  #write(keySet: string, counter: number): Promise<LateRefusal | null> {
    const written = this.#lastWrite
      .then(() => this.#options.memory.remember(keySet, counter))
      .then(
        () => null,
        (error: unknown) => (error instanceof CounterUsed ? 'replay' : 'not-recorded'),
      )
    this.#lastWrite = written
    return written
  }

  /** Highest counter known of the key set, -1 when it is new; null when the memory cannot be asked. */
  #lastCounter(keySet: string): number | null {
    try {
      return Math.max(this.#counters.get(keySet) ?? -1, this.#options.memory.lastCounter(keySet) ?? -1)
    } catch {
      return null
    }
  }

  #deliver(reading: KeypadReading): void {
    try {
      this.#options.onReading(reading)
    } catch {
      // A listener's trouble must not stop the readings behind it, nor leave a frame unwiped.
      if (reading.kind === 'frame') reading.frame.wipe()
    }
  }
}
