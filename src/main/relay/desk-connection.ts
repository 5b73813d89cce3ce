import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { DeviceTrouble, KeypadHolder } from '../devices/keypad.port'
import { encodeControl, encodeReport, RelayProtocolError, StreamReader } from '../devices/relay/framing'
import {
  parseDeskMessage,
  PROTOCOL,
  shortText,
  VERSION,
  type DeskHello,
  type DeskMessage,
  type KeypadState,
  type RelayMessage,
} from '../devices/relay/messages'
import { provesDesk, relayProof, type PairingVerifier, type Transcript } from '../devices/relay/pairing'
import type { ClaimAnswer, ClaimingDesk } from './keypad-claims'
import type { ProofLimiter } from './proof-limiter'

export interface DeskOptions {
  readonly peer: string
  readonly relayName: string
  readonly verifier: PairingVerifier
  readonly fingerprint256: string
  readonly heartbeatMs: number
  readonly missedLimit: number
  /** From the connection to the desk's proven hello. */
  readonly helloTimeoutMs: number
  readonly limiter: ProofLimiter
}

/** What a connected desk may ask of the relay. */
export interface DeskRequests {
  keypadState(): KeypadState
  /** The desk has proved the pairing code. False: the relay serves as many as it can. */
  admit(desk: DeskConnection): boolean
  claim(desk: DeskConnection, holder: KeypadHolder): ClaimAnswer
  /** After the answer to a claim or a release has gone out. */
  settled(): void
  release(desk: DeskConnection, claim: number): boolean
  refused(desk: DeskConnection, why: 'pairing' | 'pairing-locked'): void
  gone(desk: DeskConnection): void
}

export type EndCode =
  | 'version'
  | 'pairing'
  | 'pairing-locked'
  | 'bad-message'
  | 'too-large'
  | 'too-many'
  | 'shutting-down'

/** A desk that does not take what is sent to it is let go: about a thousand messages. */
const MAX_UNSENT_BYTES = 65_536
const LAST_WORDS_MS = 500

/** One desk at the relay: opening, heartbeat, its requests. */
export class DeskConnection implements ClaimingDesk {
  readonly #socket: Socket
  readonly #options: DeskOptions
  readonly #requests: DeskRequests
  readonly #reader = new StreamReader<DeskMessage>(parseDeskMessage)
  readonly #nonce = randomBytes(32).toString('base64')
  readonly #helloTimer: NodeJS.Timeout
  #proofTimer: NodeJS.Timeout | undefined
  #beat: NodeJS.Timeout | undefined
  #silentBeats = 0
  #phase: 'opening' | 'proving' | 'open' | 'ended' = 'opening'
  #seat = ''

  constructor(socket: Socket, options: DeskOptions, requests: DeskRequests) {
    this.#socket = socket
    this.#options = options
    this.#requests = requests
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#take(chunk))
    socket.on('error', () => socket.destroy())
    socket.on('end', () => socket.destroy())
    socket.once('close', () => this.#closed())
    this.#helloTimer = setTimeout(() => socket.destroy(), options.helloTimeoutMs)
  }

  /** Begins the conversation. */
  greet(): void {
    this.#send({
      type: 'hello',
      protocol: PROTOCOL,
      version: VERSION,
      relay: shortText(this.#options.relayName),
      nonce: this.#nonce,
      pairing: true,
      heartbeatMs: this.#options.heartbeatMs,
      missedLimit: this.#options.missedLimit,
    })
  }

  get isOpen(): boolean {
    return this.#phase === 'open'
  }
  get peer(): string {
    return this.#options.peer
  }
  /** As the desk calls itself; empty before it has proved the code. */
  get seat(): string {
    return this.#seat
  }

  sendState(keypad: KeypadState): void {
    this.#send({ type: 'state', keypad })
  }

  sendLost(claim: number, trouble: DeviceTrouble): void {
    this.#send({ type: 'lost', claim, trouble })
  }

  /** The data stay the caller's; every copy made here is overwritten once it has gone out. */
  sendReport(claim: number, data: Buffer): void {
    for (const message of encodeReport(claim, data)) this.#write(message, () => message.fill(0))
  }

  end(code: EndCode, message: string): void {
    if (this.#phase === 'ended') return
    this.#send({ type: 'error', code, message })
    this.#phase = 'ended'
    this.#stop()
    this.#socket.end()
    setTimeout(() => this.#socket.destroy(), LAST_WORDS_MS).unref()
  }

  #send(message: RelayMessage): void {
    this.#write(encodeControl(message))
  }

  #write(bytes: Buffer, sent?: () => void): void {
    if (this.#phase === 'ended' || !this.#socket.writable) sent?.()
    else {
      this.#socket.write(bytes, sent)
      if (this.#socket.writableLength > MAX_UNSENT_BYTES) this.#socket.destroy()
    }
  }

  #take(chunk: Buffer): void {
    if (this.#phase === 'ended') {
      chunk.fill(0)
      return
    }
    try {
      for (const said of this.#reader.push(chunk)) {
        // A whole message is a sign of life; single bytes of one are not.
        this.#silentBeats = 0
        if (said.kind === 'report') throw new RelayProtocolError('bad-message')
        this.#answer(said.message)
      }
    } catch (error) {
      if (!(error instanceof RelayProtocolError)) throw error
      this.end(error.code, 'not a message of this protocol, or not at this point')
    }
  }

  #answer(said: DeskMessage): void {
    switch (said.type) {
      case 'ping':
        return this.#send({ type: 'pong' })
      case 'pong':
        return
      case 'error':
        this.#socket.destroy()
        return
      case 'hello':
        return this.#hello(said)
      case 'claim':
        this.#mustBeOpen()
        this.#send({ request: said.request, ...this.#requests.claim(this, said.holder) })
        return this.#requests.settled()
      case 'release':
        this.#mustBeOpen()
        if (!this.#requests.release(this, said.claim)) return
        this.#send({ type: 'released', claim: said.claim })
        return this.#requests.settled()
    }
  }

  #mustBeOpen(): void {
    if (this.#phase !== 'open') throw new RelayProtocolError('bad-message')
  }

  #hello(said: DeskHello): void {
    if (this.#phase !== 'opening') throw new RelayProtocolError('bad-message')
    if (said.version !== VERSION) {
      this.end('version', `this relay speaks version ${VERSION}`)
      return
    }
    const turn = this.#options.limiter.turn(this.peer)
    if (turn.kind === 'locked') {
      this.#requests.refused(this, 'pairing-locked')
      this.end('pairing-locked', `too many wrong codes; wait ${Math.ceil(turn.forMs / 1000)} s`)
      return
    }
    this.#phase = 'proving'
    if (turn.afterMs === 0) this.#prove(said)
    else this.#proofTimer = setTimeout(() => this.#prove(said), turn.afterMs)
  }

  #prove(said: DeskHello): void {
    const { limiter, verifier, fingerprint256 } = this.#options
    const transcript: Transcript = { relayNonce: this.#nonce, deskNonce: said.nonce, fingerprint256 }
    // Another connection of the same address may have been wrong while this one waited.
    const turn = limiter.turn(this.peer)
    if (turn.kind === 'locked' || !provesDesk(said.proof, verifier, transcript)) {
      if (turn.kind === 'look') limiter.wrong(this.peer)
      this.#requests.refused(this, 'pairing')
      this.end('pairing', 'the pairing code is another one')
      return
    }
    limiter.right(this.peer)
    clearTimeout(this.#helloTimer)
    this.#seat = said.seat
    if (!this.#requests.admit(this)) {
      this.end('too-many', 'the relay serves as many desks as it can')
      return
    }
    this.#phase = 'open'
    this.#beat = setInterval(() => this.#tick(), this.#options.heartbeatMs)
    this.#send({
      type: 'welcome',
      proof: relayProof(verifier, transcript),
      keypad: this.#requests.keypadState(),
    })
  }

  #tick(): void {
    this.#silentBeats += 1
    if (this.#silentBeats >= this.#options.missedLimit) this.#socket.destroy()
    else this.#send({ type: 'ping' })
  }

  #stop(): void {
    clearTimeout(this.#helloTimer)
    clearTimeout(this.#proofTimer)
    clearInterval(this.#beat)
    this.#reader.wipe()
    this.#requests.gone(this)
  }

  #closed(): void {
    if (this.#phase === 'ended') return
    this.#phase = 'ended'
    this.#stop()
  }
}
