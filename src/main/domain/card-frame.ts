import { inspect } from 'node:util'

/** What may be known of a frame outside of it: no byte of ciphertext, and the KSN only as key set and counter. */
export interface CardFrameFacts {
  /** `C0` keyed enhanced, `85` keyed original. */
  readonly format: 'C0' | '85'
  /** Masked number as the keypad sent it; the original format carries none. */
  readonly masked: string | null
  readonly expiryYYMM: string | null
  /** Serial number of the keypad, when the frame carries one. */
  readonly serial: string | null
  /** First 59 bits of the KSN in hex with the counter bits cleared: names the key set. */
  readonly keySet: string
  readonly counter: number
  readonly cipher: 'TDES-CBC' | 'AES-CBC'
}

/**
 * One encrypted card read, exactly as the keypad sent it. It cannot be printed, serialised or copied by
 * accident; `use` lends the bytes, `wipe` overwrites them.
 */
export class CardFrame {
  readonly facts: CardFrameFacts
  #bytes: Uint8Array | null

  /** Takes the bytes over: the caller must not keep them. */
  constructor(bytes: Uint8Array, facts: CardFrameFacts) {
    this.#bytes = bytes
    this.facts = facts
  }

  get wiped(): boolean {
    return this.#bytes === null
  }

  /** Lends the bytes for the length of the call. Throws when the frame has been wiped. */
  use<T>(borrow: (bytes: Uint8Array) => T): T {
    if (this.#bytes === null) throw new Error('card frame was wiped')
    return borrow(this.#bytes)
  }

  /** Overwrites the bytes; may be called more than once. */
  wipe(): void {
    this.#bytes?.fill(0)
    this.#bytes = null
  }

  toJSON(): string {
    return '[card frame]'
  }

  toString(): string {
    return '[card frame]'
  }

  [inspect.custom](): string {
    return '[card frame]'
  }
}
