import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { setTimeout as pause } from 'node:timers/promises'
import type { Certificate } from './certificate'
import type { Report } from './device'
import { DeskConnection, type DeskOptions, type DeskRequests, type Holder } from './relay-desk'

export interface RelayServerOptions {
  readonly serial: string
  readonly certificate: Certificate | null
  readonly pairingCode: string | null
  readonly heartbeatMs: number
  readonly missedLimit: number
}

const MAX_DESKS = 32
const HOST = '127.0.0.1'

interface Claim {
  readonly number: number
  readonly desk: DeskConnection
  readonly holder: Holder
}

/** Serves the simulated keypad by the relay protocol, on this PC only. */
export class RelayServer {
  readonly #options: RelayServerOptions
  readonly #server: Server
  readonly #desks = new Set<DeskConnection>()
  #claim: Claim | null = null
  #claimsGiven = 0
  #plugged = true
  #sending: Promise<boolean> = Promise.resolve(true)

  constructor(options: RelayServerOptions) {
    this.#options = options
    const serve = (socket: Socket) => this.#connected(socket)
    const { certificate } = options
    this.#server =
      certificate === null
        ? createServer(serve)
        : createTlsServer({ key: certificate.key, cert: certificate.cert, minVersion: 'TLSv1.2' }, serve)
    this.#server.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy())
  }

  /** Resolves with the port. Rejects when it is taken. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, HOST, () => {
        const address = this.#server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : port)
      })
    })
  }

  get holder(): Holder | null {
    return this.#claim?.holder ?? null
  }

  /** Sends reports to whoever holds the keypad, one card after another; false when nobody did. */
  deliver(reports: readonly Report[]): Promise<boolean> {
    this.#sending = this.#sending.then(() => this.#send(reports))
    return this.#sending
  }

  /** Pulls the keypad out or puts it back. */
  setPlugged(plugged: boolean): void {
    if (this.#plugged === plugged) return
    this.#plugged = plugged
    const claim = this.#claim
    if (!plugged && claim !== null) {
      this.#claim = null
      claim.desk.send({ type: 'lost', claim: claim.number, trouble: 'unplugged' })
    }
    this.#tellAll()
  }

  async close(): Promise<void> {
    for (const desk of this.#desks) desk.end('shutting-down', 'the simulator ends')
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
    })
  }

  async #send(reports: readonly Report[]): Promise<boolean> {
    let delivered = false
    for (const { data, afterMs } of reports) {
      if (afterMs > 0) await pause(afterMs)
      if (this.#plugged && this.#claim !== null) {
        this.#claim.desk.sendReport(this.#claim.number, data)
        delivered = true
      }
    }
    return delivered
  }

  #connected(socket: Socket): void {
    const { certificate, pairingCode, heartbeatMs, missedLimit } = this.#options
    const options: DeskOptions = {
      relayName: 'Uketsuke simulator',
      heartbeatMs,
      missedLimit,
      pairingCode,
      fingerprint256: certificate?.fingerprint256 ?? null,
    }
    const desk = new DeskConnection(socket, options, this.#requests())
    if (this.#desks.size >= MAX_DESKS) desk.end('too-many', 'too many desks')
    else this.#desks.add(desk)
  }

  #requests(): DeskRequests {
    return {
      keypadState: () => this.#state(),
      claim: (desk, holder) => this.#grant(desk, holder),
      release: (desk, claim) => {
        const own = this.#claim?.desk === desk && this.#claim.number === claim
        if (own) this.#free()
        return own
      },
      gone: (desk) => {
        this.#desks.delete(desk)
        if (this.#claim?.desk === desk) this.#free()
      },
    }
  }

  #grant(desk: DeskConnection, holder: Holder): object {
    if (!this.#plugged) return { type: 'refused', trouble: 'unplugged' }
    if (this.#claim !== null) return { type: 'busy', holder: this.#claim.holder }
    this.#claimsGiven += 1
    this.#claim = { number: this.#claimsGiven, desk, holder }
    this.#tellAll()
    return { type: 'claimed', claim: this.#claimsGiven, facts: this.#facts() }
  }

  #free(): void {
    this.#claim = null
    this.#tellAll()
  }

  #facts(): object {
    return { serial: this.#options.serial, model: 'Simulated SREDKey', firmware: '1.00', securityLevel: '3' }
  }

  #state(): object {
    if (!this.#plugged) return { kind: 'trouble', trouble: 'unplugged' }
    return { kind: 'ready', facts: this.#facts(), holder: this.holder }
  }

  #tellAll(): void {
    for (const desk of this.#desks) if (desk.greeted) desk.send({ type: 'state', keypad: this.#state() })
  }
}
