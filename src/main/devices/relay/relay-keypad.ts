import { isIPv6 } from 'node:net'
import type { Clock } from '../../platform/clock'
import { Emitter } from '../../platform/emitter'
import type {
  KeypadHolder,
  KeypadPlace,
  KeypadPort,
  KeypadStatus,
  KeypadTrouble,
  KsnMemory,
} from '../keypad.port'
import { Claims, type ClaimResult } from './claims'
import { connectRelay, type RelayAddress } from './connect'
import { RelayLink } from './link'
import type { KeypadState, RelayMessage } from './messages'

export interface RelayKeypadOptions extends RelayAddress {
  /** Name of this seat, shown at the relay. */
  readonly seat?: string
  /** Null when the relay was set up without one. */
  readonly pairingCode: string | null
  readonly ksnMemory: KsnMemory
  readonly clock: Clock
  /** Upper limit for the heartbeat interval that the relay asks for. */
  readonly heartbeatMs?: number
  /** From the first packet to `welcome`, and for the answer to a claim. */
  readonly answerTimeoutMs?: number
  /** First pause before connecting again; doubles up to twenty times that. */
  readonly reconnectMs?: number
}

/** Troubles that time does not mend: an admin must change a setting first. */
const NEEDS_ADMIN = new Set<KeypadTrouble>([
  'address-not-private',
  'tls-required',
  'certificate-changed',
  'relay-pairing',
  'simulator-refused',
])
const RECONNECT_GROWTH = 20

/** A keypad at another seat or program, reached by the relay protocol. Keeps one connection and renews it. */
export function relayKeypad(options: RelayKeypadOptions): KeypadPort {
  return new RelayKeypad(options)
}

class RelayKeypad implements KeypadPort {
  readonly #options: RelayKeypadOptions
  readonly #answerTimeoutMs: number
  readonly #firstPauseMs: number
  readonly #changes = new Emitter<KeypadStatus>()
  readonly #claims: Claims
  #status: KeypadStatus = { kind: 'trouble', trouble: 'relay-unreachable' }
  #told = ''
  #link: RelayLink | null = null
  #connecting: Promise<void> | null = null
  #retry: NodeJS.Timeout | undefined
  #pauseMs: number
  #closed = false

  constructor(options: RelayKeypadOptions) {
    this.#options = options
    this.#answerTimeoutMs = options.answerTimeoutMs ?? 5000
    this.#firstPauseMs = options.reconnectMs ?? 250
    this.#pauseMs = this.#firstPauseMs
    this.#claims = new Claims({ ...options, answerTimeoutMs: this.#answerTimeoutMs })
  }

  async status(): Promise<KeypadStatus> {
    await this.#ensureLink()
    return this.#status
  }

  async claim(holder: KeypadHolder): Promise<ClaimResult> {
    await this.#ensureLink()
    if (this.#link === null) {
      const trouble = this.#status.kind === 'trouble' ? this.#status.trouble : 'relay-refused'
      return { kind: 'trouble', trouble }
    }
    return this.#claims.claim(this.#link, holder)
  }

  place(): KeypadPlace {
    const { host, port } = this.#options
    const address = isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`
    const { relayName = null, latencyMs = null } = this.#link ?? {}
    return { cable: 'relay', usbPath: null, relay: { address, name: relayName }, latencyMs }
  }

  watch(listener: (status: KeypadStatus) => void): () => void {
    const off = this.#changes.on(listener)
    void this.#ensureLink()
    return off
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    await this.#claims.releaseAll()
    this.#link?.close(null)
    await this.#connecting
  }

  async #ensureLink(): Promise<void> {
    if (this.#link !== null || this.#closed) return
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = null
    })
    await this.#connecting
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#retry)
    const connected = await connectRelay(this.#options, this.#answerTimeoutMs)
    if (connected.kind === 'trouble') {
      this.#fail(connected.trouble)
      return
    }
    if (this.#closed) {
      connected.socket.destroy()
      return
    }
    await new Promise<void>((opened) => {
      const link = new RelayLink(
        connected,
        {
          seat: this.#options.seat ?? '',
          pairingCode: this.#options.pairingCode,
          heartbeatMs: this.#options.heartbeatMs ?? Number.POSITIVE_INFINITY,
        },
        {
          onMessage: (message) => {
            if (message.type === 'welcome') {
              clearTimeout(timer)
              this.#link = link
              this.#pauseMs = this.#firstPauseMs
            }
            this.#take(message)
            if (message.type === 'welcome') opened()
          },
          onReport: (claim, data) => this.#claims.report(claim, data),
          onClosed: (trouble) => {
            clearTimeout(timer)
            this.#ended(trouble)
            opened()
          },
        },
      )
      const timer = setTimeout(() => link.close('relay-unreachable'), this.#answerTimeoutMs)
    })
  }

  #take(message: RelayMessage): void {
    if (message.type === 'welcome' || message.type === 'state') this.#setState(message.keypad)
    else this.#claims.take(message)
  }

  #setState(state: KeypadState): void {
    if (state.kind === 'trouble') this.#tell(state)
    else if (state.holder === null) this.#tell({ kind: 'ready', facts: state.facts })
    else this.#tell({ kind: 'in-use', facts: state.facts, holder: state.holder })
  }

  #ended(trouble: KeypadTrouble | null): void {
    this.#link = null
    this.#claims.lost(trouble ?? 'relay-refused')
    if (trouble !== null) this.#fail(trouble)
  }

  #fail(trouble: KeypadTrouble): void {
    this.#tell({ kind: 'trouble', trouble })
    if (this.#closed || NEEDS_ADMIN.has(trouble)) return
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => void this.#ensureLink(), this.#pauseMs)
    this.#retry.unref()
    this.#pauseMs = Math.min(this.#pauseMs * 2, this.#firstPauseMs * RECONNECT_GROWTH)
  }

  #tell(status: KeypadStatus): void {
    this.#status = status
    const words = JSON.stringify(status)
    if (words === this.#told) return
    this.#told = words
    this.#changes.emit(status)
  }
}
