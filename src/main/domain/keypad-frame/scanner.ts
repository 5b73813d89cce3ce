import type { LayoutOptions, ParsedFrame } from './fields'
import { parseCardData } from './layout'
import type { FrameRefusal } from './reading'

const STX = 0x02
const ETX = 0x03
const MIN_CARD_DATA = 40
const MAX_CARD_DATA = 600
/** STX and two length bytes before the card data; LRC, sum and ETX behind it. */
const HEAD_BYTES = 3
const ENVELOPE_BYTES = 6

/** What the scanner found. `bytes` is a copy that belongs to the taker. */
export type Found =
  | { readonly kind: 'frame'; readonly bytes: Uint8Array; readonly parsed: ParsedFrame }
  | { readonly kind: 'refused'; readonly reason: FrameRefusal }

type Step = 'wait' | Found | 'skipped'

/**
 * Finds frames in a stream of bytes by their length, whatever pieces they come in. A candidate that fails
 * loses only its STX, so a good frame inside it is still found; every byte let go is overwritten.
 */
export class FrameScanner {
  readonly #options: LayoutOptions
  #buffer = new Uint8Array(0)
  /** Bytes from the front of the buffer that belong to a candidate which has already been reported. */
  #reported = 0

  constructor(options: LayoutOptions) {
    this.#options = options
  }

  /** True while a candidate waits for the rest of its bytes. */
  get pending(): boolean {
    return this.#buffer.length > 0
  }

  /** Takes the bytes in (copies them) and tells what they complete. */
  push(bytes: Uint8Array): Found[] {
    const joined = new Uint8Array(this.#buffer.length + bytes.length)
    joined.set(this.#buffer)
    joined.set(bytes, this.#buffer.length)
    this.#buffer.fill(0)
    this.#buffer = joined
    return this.#scan(false)
  }

  /** No more bytes will come for what is pending: tells what it came to and starts afresh. */
  expire(): Found[] {
    const found = this.#scan(true)
    this.reset()
    return found
  }

  /** Forgets and overwrites everything. */
  reset(): void {
    this.#drop(this.#buffer.length)
    this.#reported = 0
  }

  #scan(final: boolean): Found[] {
    const found: Found[] = []
    for (;;) {
      const start = this.#buffer.indexOf(STX)
      this.#drop(start === -1 ? this.#buffer.length : start)
      if (start === -1) return found
      const step = this.#candidate(final)
      if (step === 'wait') return found
      if (step !== 'skipped') found.push(step)
    }
  }

  /** Judges the candidate at the front of the buffer and lets go of what it used. */
  #candidate(final: boolean): Step {
    const length = this.#cardDataLength()
    if (length === null) return final ? this.#fail('incomplete', this.#buffer.length) : 'wait'
    if (length < MIN_CARD_DATA || length > MAX_CARD_DATA) return this.#fail('length', 1)
    const total = length + ENVELOPE_BYTES
    if (this.#buffer.length < total) return final ? this.#fail('incomplete', this.#buffer.length) : 'wait'

    const frame = this.#buffer.subarray(0, total)
    const data = frame.subarray(HEAD_BYTES, HEAD_BYTES + length)
    const broken = brokenEnvelope(frame, data)
    if (broken !== null) return this.#fail(broken, total)
    const result = parseCardData(data, this.#options)
    if (result.ok) {
      const bytes = frame.slice()
      this.#drop(total)
      return { kind: 'frame', bytes, parsed: result.parsed }
    }
    if (result.reason === 'clear-digits' || result.reason === 'not-encrypted') {
      // These bytes may hold a card number: they are overwritten now, not looked at again.
      this.#drop(total)
      return { kind: 'refused', reason: result.reason }
    }
    return this.#fail(result.reason, total)
  }

  #cardDataLength(): number | null {
    const [, low, high] = this.#buffer
    return low === undefined || high === undefined ? null : low + high * 256
  }

  /** Drops the STX only. Inside a candidate already reported, a stray STX that leads nowhere is not news. */
  #fail(reason: FrameRefusal, span: number): Step {
    const isNews = this.#reported === 0 || (reason !== 'length' && reason !== 'incomplete')
    this.#reported = Math.max(this.#reported, span)
    this.#drop(1)
    return isNews ? { kind: 'refused', reason } : 'skipped'
  }

  #drop(count: number): void {
    this.#buffer.fill(0, 0, count)
    this.#buffer = this.#buffer.subarray(count)
    this.#reported = Math.max(0, this.#reported - count)
  }
}

/** Checks of the envelope in the order of the protocol; null when all hold. */
function brokenEnvelope(frame: Uint8Array, data: Uint8Array): 'etx' | 'lrc' | 'sum' | null {
  const [lrc, sum, etx] = frame.subarray(frame.length - 3)
  if (etx !== ETX) return 'etx'
  const checks = checkBytes(data)
  if (lrc !== checks.lrc) return 'lrc'
  return sum === checks.sum ? null : 'sum'
}

/** XOR of all bytes, and their sum's low eight bits. */
export function checkBytes(data: Uint8Array): { lrc: number; sum: number } {
  let lrc = 0
  let sum = 0
  for (const byte of data) {
    lrc ^= byte
    sum = (sum + byte) & 0xff
  }
  return { lrc, sum }
}
