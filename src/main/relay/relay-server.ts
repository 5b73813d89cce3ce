import type { Socket } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import type { RawKeypad } from '../devices/raw-keypad.port'
import type { KeypadState } from '../devices/relay/messages'
import type { PairingVerifier } from '../devices/relay/pairing'
import type { Clock } from '../platform/clock'
import type { Log } from '../platform/log'
import type { RelayIdentity } from './certificate'
import { DeskConnection, type DeskRequests } from './desk-connection'
import { KeypadClaims } from './keypad-claims'
import { isAllowedPeer, listenFault, peerOf } from './private-listen'
import { ProofLimiter } from './proof-limiter'

export interface RelayServerOptions {
  /** Literal private address of this PC. */
  readonly host: string
  /** 0: any free one, for tests. */
  readonly port: number
  /** Name shown to desks. */
  readonly name: string
  readonly identity: RelayIdentity
  readonly verifier: PairingVerifier
  readonly keypad: RawKeypad
  readonly clock: Clock
  readonly log: Log
  readonly heartbeatMs?: number
  readonly missedLimit?: number
  /** For the TLS handshake, and again for the desk's hello. */
  readonly helloTimeoutMs?: number
  readonly onState?: (state: KeypadState) => void
}

const DEFAULT_HEARTBEAT_MS = 5000
const DEFAULT_MISSED_LIMIT = 3
const DEFAULT_HELLO_TIMEOUT_MS = 5000
/** Desks that have proved the pairing code. */
const MAX_DESKS = 32
/** Connections that have not, of one address and of all: strangers must not keep the desks out. */
const MAX_STRANGERS_OF_ADDRESS = 8
const MAX_STRANGERS = 64

/** Serves a keypad to the desks of the shop's own network by the relay protocol. */
export class KeypadRelay {
  readonly #options: RelayServerOptions
  readonly #server: Server
  readonly #claims: KeypadClaims
  readonly #limiter: ProofLimiter
  readonly #desks = new Set<DeskConnection>()
  /** Accepted connections that are not desks yet, with their addresses. */
  readonly #strangers = new Map<Socket, string>()

  constructor(options: RelayServerOptions) {
    const fault = listenFault(options.host)
    if (fault !== null) throw new RangeError(fault)
    this.#options = options
    this.#limiter = new ProofLimiter(options.clock)
    this.#claims = new KeypadClaims(options.keypad, (state) => {
      for (const desk of this.#desks) desk.sendState(state)
      options.onState?.(state)
    })
    const { key, cert } = options.identity
    const handshakeTimeout = options.helloTimeoutMs ?? DEFAULT_HELLO_TIMEOUT_MS
    this.#server = createServer({ key, cert, minVersion: 'TLSv1.2', handshakeTimeout })
    this.#server.maxConnections = MAX_DESKS + MAX_STRANGERS
    this.#server.on('connection', (socket) => this.#connected(socket))
    this.#server.on('secureConnection', (socket) => this.#secured(socket))
    this.#server.on('tlsClientError', (_error, socket) => socket.destroy())
    this.#server.on('error', (error) => options.log.error({ err: error.message }, 'relay server failed'))
  }

  /** Resolves with the port, once the keypad has been looked for. Rejects when the address cannot be had. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ host: this.#options.host, port: this.#options.port, exclusive: true }, () => {
        this.#server.off('error', reject)
        resolve()
      })
    })
    await this.#claims.start()
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : this.#options.port
  }

  get state(): KeypadState {
    return this.#claims.state
  }

  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
    })
    for (const desk of this.#desks) desk.end('shutting-down', 'the relay ends')
    this.#claims.close()
    for (const socket of this.#strangers.keys()) socket.destroy()
    await ended
  }

  /** A TCP connection, before TLS: judged by where it comes from, and counted. */
  #connected(socket: Socket): void {
    socket.on('error', () => socket.destroy())
    const peer = peerOf(socket)
    const same = [...this.#strangers.values()].filter((address) => address === peer).length
    if (!isAllowedPeer(peer))
      this.#options.log.warn({ peer }, 'refused a peer outside of the private network')
    else if (same >= MAX_STRANGERS_OF_ADDRESS || this.#strangers.size >= MAX_STRANGERS) {
      this.#options.log.warn({ peer }, 'refused a peer: too many connections without a desk')
    } else {
      this.#strangers.set(socket, peer)
      socket.once('close', () => this.#strangers.delete(socket))
      return
    }
    socket.destroy()
  }

  #secured(socket: TLSSocket): void {
    const { name, verifier, identity } = this.#options
    const options = {
      peer: peerOf(socket),
      relayName: name,
      verifier,
      fingerprint256: identity.fingerprint256,
      heartbeatMs: this.#options.heartbeatMs ?? DEFAULT_HEARTBEAT_MS,
      missedLimit: this.#options.missedLimit ?? DEFAULT_MISSED_LIMIT,
      helloTimeoutMs: this.#options.helloTimeoutMs ?? DEFAULT_HELLO_TIMEOUT_MS,
      limiter: this.#limiter,
    }
    new DeskConnection(socket, options, this.#requests(socket)).greet()
  }

  #requests(socket: TLSSocket): DeskRequests {
    const { log } = this.#options
    return {
      keypadState: () => this.#claims.state,
      admit: (desk) => {
        if (this.#desks.size >= MAX_DESKS) return false
        this.#noStranger(socket)
        this.#desks.add(desk)
        log.info({ peer: desk.peer, seat: desk.seat }, 'desk connected')
        this.#claims.lookAgain()
        return true
      },
      claim: (desk, holder) => {
        const answer = this.#claims.claim(desk, holder)
        log.info({ peer: desk.peer, seat: holder.seat, answer: answer.type }, 'keypad asked for')
        return answer
      },
      settled: () => this.#claims.tell(),
      release: (desk, claim) => this.#claims.release(desk, claim),
      refused: (desk, why) => log.warn({ peer: desk.peer, why }, 'desk refused'),
      gone: (desk) => {
        if (this.#desks.delete(desk)) log.info({ peer: desk.peer, seat: desk.seat }, 'desk gone')
        this.#claims.gone(desk)
      },
    }
  }

  /** The TCP connection under this one is no stranger's any more. */
  #noStranger(secured: TLSSocket): void {
    for (const socket of this.#strangers.keys()) {
      if (socket.remotePort === secured.remotePort && socket.remoteAddress === secured.remoteAddress) {
        this.#strangers.delete(socket)
        return
      }
    }
  }
}
