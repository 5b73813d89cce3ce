import type { FrameRefusal } from './reading'

/** Ends the parsing of one candidate with its reason; never leaves this folder. */
export class Refused extends Error {
  readonly reason: FrameRefusal

  constructor(reason: FrameRefusal) {
    super(reason)
    this.reason = reason
  }
}

/** What the layouts give back of a frame that passed every check. Bytes of ciphertext are not among it. */
export interface ParsedFrame {
  readonly format: 'C0' | '85'
  readonly masked: string | null
  readonly expiryYYMM: string | null
  readonly serial: string | null
  /** All ten bytes, in upper-case hex. */
  readonly ksn: string
  readonly cipher: 'TDES-CBC' | 'AES-CBC'
}

/** How a device is set up, where that changes how its text reads. */
export interface LayoutOptions {
  /** Character that hides digits (setting 4Bh, default `*`). */
  readonly maskCharacter: string
}

export const KSN_BYTES = 10
export const HASH_BYTES = 20

/** Reads fields one after another and refuses to read beyond the end of the card data. */
export class FieldReader {
  readonly #data: Uint8Array
  #offset = 0

  constructor(data: Uint8Array) {
    this.#data = data
  }

  take(count: number): Uint8Array {
    const end = this.#offset + count
    if (end > this.#data.length) throw new Refused('structure')
    const field = this.#data.subarray(this.#offset, end)
    this.#offset = end
    return field
  }

  byte(): number {
    return this.take(1)[0] ?? 0
  }

  /** Printable ASCII of the given length. */
  text(count: number): string {
    const field = this.take(count)
    if (field.some((byte) => byte < 0x20 || byte > 0x7e)) throw new Refused('structure')
    return String.fromCharCode(...field)
  }

  /** Nothing may be left over. */
  end(): void {
    if (this.#offset !== this.#data.length) throw new Refused('structure')
  }
}

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()

/** `count` rounded up to whole cipher blocks. */
export const inBlocks = (count: number, blockBytes: number): number =>
  Math.ceil(count / blockBytes) * blockBytes

/** A run of digits as long as the shortest card number means that the device does not hide it. */
const CARD_NUMBER_IN_CLEAR = /\d{12}/

/** Refuses text in which a card number could be read. */
export const refuseClearDigits = (texts: readonly string[]): void => {
  if (texts.some((text) => CARD_NUMBER_IN_CLEAR.test(text))) throw new Refused('clear-digits')
}
