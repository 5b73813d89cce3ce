import type { DeviceTrouble, KeypadFacts, KeypadHolder } from '../devices/keypad.port'
import type { RawKeypad, RawKeypadStatus } from '../devices/raw-keypad.port'
import type { KeypadState } from '../devices/relay/messages'

/** A desk as the claims see it. */
export interface ClaimingDesk {
  sendReport(claim: number, data: Buffer): void
  sendLost(claim: number, trouble: DeviceTrouble): void
}

export type ClaimAnswer =
  | { readonly type: 'claimed'; readonly claim: number; readonly facts: KeypadFacts }
  | { readonly type: 'busy'; readonly holder: KeypadHolder }
  | { readonly type: 'refused'; readonly trouble: DeviceTrouble }

interface Claim {
  readonly number: number
  readonly desk: ClaimingDesk
  readonly holder: KeypadHolder
}

/** Who has the keypad: one desk at a time gets its bytes; while nobody has it they are overwritten. */
export class KeypadClaims {
  readonly #keypad: RawKeypad
  readonly #changed: (state: KeypadState) => void
  readonly #unwatch: () => void
  #status: RawKeypadStatus = { kind: 'trouble', trouble: 'not-found' }
  #claim: Claim | null = null
  #given = 0
  #told = ''

  constructor(keypad: RawKeypad, changed: (state: KeypadState) => void) {
    this.#keypad = keypad
    this.#changed = changed
    this.#unwatch = keypad.watch((status) => this.#keypadChanged(status))
  }

  /** Opens the keypad for the first time. */
  async start(): Promise<void> {
    this.#keypadChanged(await this.#keypad.status())
  }

  /** Tries a keypad in trouble once more: it may have been exchanged for a sound one. The news come to everybody. */
  lookAgain(): void {
    if (this.#status.kind === 'trouble') void this.#keypad.status()
  }

  get state(): KeypadState {
    const status = this.#status
    if (status.kind === 'trouble') return status
    return { kind: 'ready', facts: status.facts, holder: this.#claim?.holder ?? null }
  }

  claim(desk: ClaimingDesk, holder: KeypadHolder): ClaimAnswer {
    if (this.#status.kind === 'trouble') {
      const { trouble } = this.#status
      this.lookAgain()
      return { type: 'refused', trouble }
    }
    if (this.#claim !== null) return { type: 'busy', holder: this.#claim.holder }
    this.#given += 1
    const claim = { number: this.#given, desk, holder }
    this.#claim = claim
    this.#keypad.take((data) => {
      desk.sendReport(claim.number, data)
      data.fill(0)
    })
    return { type: 'claimed', claim: claim.number, facts: this.#status.facts }
  }

  /** Tells the state to everybody when it has changed; apart from `claim`, whose answer goes out first. */
  tell(): void {
    const words = JSON.stringify(this.state)
    if (words === this.#told) return
    this.#told = words
    this.#changed(this.state)
  }

  /** False when the claim is not this desk's. */
  release(desk: ClaimingDesk, number: number): boolean {
    if (this.#claim?.desk !== desk || this.#claim.number !== number) return false
    this.#free()
    return true
  }

  /** The desk's connection is gone, and its claim with it. */
  gone(desk: ClaimingDesk): void {
    if (this.#claim?.desk !== desk) return
    this.#free()
    this.tell()
  }

  close(): void {
    this.#unwatch()
    this.#free()
  }

  #free(): void {
    this.#claim = null
    this.#keypad.take(null)
  }

  #keypadChanged(status: RawKeypadStatus): void {
    this.#status = status
    const claim = this.#claim
    if (status.kind === 'trouble' && claim !== null) {
      this.#free()
      claim.desk.sendLost(claim.number, status.trouble)
    }
    this.tell()
  }
}
