import type { Clock } from '../../platform/clock'
import { Emitter } from '../../platform/emitter'
import { ClaimSession } from '../claim-session'
import type { KeypadHolder, KeypadPlace, KeypadPort, KeypadStatus, KsnMemory } from '../keypad.port'
import type { RawKeypad, RawKeypadStatus } from '../raw-keypad.port'
import { hidDevice, type HidDeviceOptions } from './hid-device'

export interface HidKeypadOptions extends HidDeviceOptions {
  readonly ksnMemory: KsnMemory
  readonly clock: Clock
}

/** A keypad on this PC's USB. It is kept open, so that unplugging is noticed; bytes without a claim are wiped. */
export function hidKeypad(options: HidKeypadOptions): KeypadPort {
  return new HidKeypad(options)
}

class HidKeypad implements KeypadPort {
  readonly #options: HidKeypadOptions
  readonly #device: RawKeypad
  readonly #changes = new Emitter<KeypadStatus>()
  #told = ''
  #claim: { session: ClaimSession; holder: KeypadHolder } | null = null
  #last: RawKeypadStatus = { kind: 'trouble', trouble: 'not-found' }

  constructor(options: HidKeypadOptions) {
    this.#options = options
    this.#device = hidDevice(options)
    this.#device.watch((status) => this.#changed(status))
  }

  async status(): Promise<KeypadStatus> {
    this.#last = await this.#device.status()
    return this.#status()
  }

  async claim(holder: KeypadHolder): ReturnType<KeypadPort['claim']> {
    const status = await this.#device.status()
    if (status.kind === 'trouble') return status
    if (this.#claim !== null) return { kind: 'in-use', holder: this.#claim.holder }
    const { clock, ksnMemory } = this.#options
    const session = new ClaimSession({ clock, ksnMemory, giveBack: async () => this.#free(session) })
    this.#claim = { session, holder }
    this.#device.take((data) => session.feed(data))
    this.#tell()
    return { kind: 'claimed', claim: session, facts: status.facts }
  }

  place(): KeypadPlace {
    return { cable: 'usb', usbPath: this.#device.path(), relay: null, latencyMs: null }
  }

  watch(listener: (status: KeypadStatus) => void): () => void {
    const off = this.#changes.on(listener)
    void this.#device.status()
    return off
  }

  async close(): Promise<void> {
    await this.#claim?.session.release()
    await this.#device.close()
  }

  #changed(status: RawKeypadStatus): void {
    this.#last = status
    const claim = this.#claim
    if (status.kind === 'trouble' && claim !== null) {
      this.#claim = null
      this.#device.take(null)
      claim.session.lose(status.trouble)
    }
    this.#tell()
  }

  #free(session: ClaimSession): void {
    if (this.#claim?.session !== session) return
    this.#claim = null
    this.#device.take(null)
    this.#tell()
  }

  #status(): KeypadStatus {
    const status = this.#last
    if (status.kind === 'trouble' || this.#claim === null) return status
    return { kind: 'in-use', facts: status.facts, holder: this.#claim.holder }
  }

  #tell(): void {
    const status = this.#status()
    const words = JSON.stringify(status)
    if (words === this.#told) return
    this.#told = words
    this.#changes.emit(status)
  }
}
