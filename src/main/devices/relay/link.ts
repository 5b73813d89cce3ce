import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { KeypadTrouble } from '../keypad.port'
import type { Connected } from './connect'
import { encodeControl, MessageReader, RelayProtocolError, type Incoming } from './framing'
import {
  PROTOCOL,
  shortText,
  VERSION,
  type DeskMessage,
  type RelayHello,
  type RelayMessage,
} from './messages'
import { deskProof, pairingVerifier, relayProof, sameProof, type Transcript } from './pairing'

export interface LinkOptions {
  readonly seat: string
  readonly pairingCode: string | null
  /** Beats at least this often, whatever the relay asks for. */
  readonly heartbeatMs: number
}

export interface LinkEvents {
  /** `welcome` and everything after it, except heartbeat. */
  readonly onMessage: (message: RelayMessage) => void
  /** The listener owns the bytes. */
  readonly onReport: (claim: number, data: Uint8Array) => void
  /** Once, whichever side ended it; null when this side did. */
  readonly onClosed: (trouble: KeypadTrouble | null) => void
}

/** One connection to a relay from its hello to its end: opening, heartbeat, messages. */
export class RelayLink {
  readonly #socket: Socket
  readonly #fingerprint256: string | null
  readonly #options: LinkOptions
  readonly #events: LinkEvents
  readonly #reader = new MessageReader()
  #hello: RelayHello | null = null
  #deskNonce = randomBytes(32).toString('base64')
  #welcomed = false
  #closed = false
  #heartbeat: NodeJS.Timeout | undefined
  #silentBeats = 0
  #pingedAt: number | null = null
  #latencyMs: number | null = null

  constructor(connected: Connected, options: LinkOptions, events: LinkEvents) {
    this.#socket = connected.socket
    this.#fingerprint256 = connected.fingerprint256
    this.#options = options
    this.#events = events
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk))
    this.#socket.on('close', () => this.close('relay-refused'))
  }

  send(message: DeskMessage): void {
    if (!this.#closed) this.#socket.write(encodeControl(message))
  }

  /** The name that the relay gives itself. */
  get relayName(): string | null {
    return this.#hello?.relay ?? null
  }

  /** Round trip of the last heartbeat, rounded up; null before the first. */
  get latencyMs(): number | null {
    return this.#latencyMs
  }

  /** Ends the connection; `trouble` is what the listener is told. */
  close(trouble: KeypadTrouble | null): void {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#heartbeat)
    this.#reader.wipe()
    if (trouble === null) this.#socket.end()
    // An answer that cannot be delivered must not keep the socket: two seconds for the last words.
    setTimeout(() => this.#socket.destroy(), trouble === null ? 2000 : 100).unref()
    this.#events.onClosed(trouble)
  }

  #take(chunk: Buffer): void {
    if (this.#closed) {
      chunk.fill(0)
      return
    }
    this.#silentBeats = 0
    try {
      for (const item of this.#reader.push(chunk)) this.#dispatch(item)
    } catch (error) {
      if (!(error instanceof RelayProtocolError)) throw error
      this.#refuse(error.code)
    }
  }

  #dispatch(item: Incoming): void {
    if (this.#closed) {
      if (item.kind === 'report') item.data.fill(0)
      return
    }
    if (item.kind === 'report') {
      if (this.#welcomed) this.#events.onReport(item.claim, item.data)
      else this.#refuse('bad-message')
      return
    }
    const { message } = item
    if (message.type === 'ping') this.send({ type: 'pong' })
    else if (message.type === 'error') this.close(errorTrouble(message.code))
    else if (message.type === 'hello') this.#greet(message)
    else if (message.type === 'welcome') this.#welcome(message)
    else if (message.type === 'pong') this.#answered()
    else this.#pass(message)
  }

  #pass(message: RelayMessage): void {
    if (this.#welcomed) this.#events.onMessage(message)
    else this.#refuse('bad-message')
  }

  #greet(hello: RelayHello): void {
    if (this.#hello !== null) {
      this.#refuse('bad-message')
      return
    }
    this.#hello = hello
    const code = this.#options.pairingCode
    if (hello.pairing && code === null) {
      this.close('relay-pairing')
      return
    }
    this.send({
      type: 'hello',
      protocol: PROTOCOL,
      version: VERSION,
      seat: shortText(this.#options.seat),
      nonce: this.#deskNonce,
      proof: hello.pairing && code !== null ? deskProof(code, this.#transcript(hello)) : null,
    })
  }

  #welcome(message: Extract<RelayMessage, { type: 'welcome' }>): void {
    const hello = this.#hello
    if (hello === null || this.#welcomed) {
      this.#refuse('bad-message')
      return
    }
    const code = this.#options.pairingCode
    const expected = code === null ? null : relayProof(pairingVerifier(code), this.#transcript(hello))
    if (expected !== null && !sameProof(expected, message.proof)) {
      this.close('relay-pairing')
      return
    }
    this.#welcomed = true
    const everyMs = Math.min(hello.heartbeatMs, this.#options.heartbeatMs)
    this.#heartbeat = setInterval(() => this.#beat(hello.missedLimit), everyMs)
    this.#heartbeat.unref()
    this.#ping()
    this.#events.onMessage(message)
  }

  #beat(missedLimit: number): void {
    this.#silentBeats += 1
    if (this.#silentBeats >= missedLimit) this.close('relay-unreachable')
    else this.#ping()
  }

  #ping(): void {
    this.#pingedAt = performance.now()
    this.send({ type: 'ping' })
  }

  #answered(): void {
    if (this.#pingedAt !== null) this.#latencyMs = Math.ceil(performance.now() - this.#pingedAt)
    this.#pingedAt = null
  }

  #transcript({ nonce: relayNonce }: RelayHello): Transcript {
    return { relayNonce, deskNonce: this.#deskNonce, fingerprint256: this.#fingerprint256 }
  }

  #refuse(code: 'bad-message' | 'too-large'): void {
    this.send({ type: 'error', code, message: 'not a message of version 1' })
    this.close('relay-protocol')
  }
}

function errorTrouble(code: string): KeypadTrouble {
  if (code === 'pairing') return 'relay-pairing'
  if (code === 'pairing-locked') return 'relay-pairing-locked'
  return code === 'too-many' || code === 'shutting-down' ? 'relay-refused' : 'relay-protocol'
}
