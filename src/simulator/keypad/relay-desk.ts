import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Socket } from 'node:net'
import { controlBytes, DeskReader, reportBytes, WireError, type DeskSays } from './wire'

export interface Holder {
  readonly seat: string
  readonly operator: string
}

export interface DeskOptions {
  readonly relayName: string
  readonly heartbeatMs: number
  readonly missedLimit: number
  /** Null: no pairing asked for. */
  readonly pairingCode: string | null
  /** SHA-256 of our certificate in hex, null without TLS. */
  readonly fingerprint256: string | null
}

/** What a connected desk may ask of the relay. */
export interface DeskRequests {
  readonly keypadState: () => object
  readonly claim: (desk: DeskConnection, holder: Holder) => object
  readonly release: (desk: DeskConnection, claim: number) => boolean
  readonly gone: (desk: DeskConnection) => void
}

const PROTOCOL = 'uketsuke-relay'

const hmac = (key: Buffer, data: Buffer): Buffer => createHmac('sha256', key).update(data).digest()

/** One desk at the relay: opening, heartbeat, its requests. */
export class DeskConnection {
  readonly #socket: Socket
  readonly #options: DeskOptions
  readonly #requests: DeskRequests
  readonly #reader = new DeskReader()
  readonly #nonce = randomBytes(32)
  readonly #beat: NodeJS.Timeout
  #silent = 0
  #greeted = false

  constructor(socket: Socket, options: DeskOptions, requests: DeskRequests) {
    this.#socket = socket
    this.#options = options
    this.#requests = requests
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#take(chunk))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearInterval(this.#beat)
      requests.gone(this)
    })
    this.#beat = setInterval(() => this.#tick(), options.heartbeatMs)
    this.send({
      type: 'hello',
      protocol: PROTOCOL,
      version: 1,
      relay: options.relayName,
      nonce: this.#nonce.toString('base64'),
      pairing: options.pairingCode !== null,
      heartbeatMs: options.heartbeatMs,
      missedLimit: options.missedLimit,
    })
  }

  get greeted(): boolean {
    return this.#greeted
  }

  send(message: object): void {
    if (this.#socket.writable) this.#socket.write(controlBytes(message))
  }

  sendReport(claim: number, data: Buffer): void {
    if (this.#socket.writable) this.#socket.write(reportBytes(claim, data))
  }

  end(code: string, message: string): void {
    this.send({ type: 'error', code, message })
    this.#socket.end()
    setTimeout(() => this.#socket.destroy(), 500).unref()
  }

  #tick(): void {
    this.#silent += 1
    if (this.#silent >= this.#options.missedLimit) this.#socket.destroy()
    else if (this.#greeted) this.send({ type: 'ping' })
  }

  #take(chunk: Buffer): void {
    this.#silent = 0
    try {
      for (const said of this.#reader.push(chunk)) this.#answer(said)
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      this.end(error.code, 'not a message of this protocol')
    }
  }

  #answer(said: DeskSays): void {
    if (said.type === 'ping') this.send({ type: 'pong' })
    else if (said.type === 'error') this.#socket.destroy()
    else if (said.type === 'hello') this.#hello(said)
    else if (said.type === 'claim') this.#claim(said)
    else if (said.type === 'release') this.#release(said)
  }

  #hello(said: DeskSays): void {
    if (this.#greeted || said['protocol'] !== PROTOCOL) throw new WireError('bad-message')
    if (said['version'] !== 1) {
      this.end('version', 'this relay speaks version 1')
      return
    }
    const nonce = Buffer.from(String(said['nonce']), 'base64')
    if (nonce.length !== 32) throw new WireError('bad-message')
    if (!this.#proven(said['proof'], nonce)) {
      setTimeout(() => this.end('pairing', 'the pairing code is another one'), 1000).unref()
      return
    }
    this.#greeted = true
    const proof =
      this.#options.pairingCode === null
        ? null
        : hmac(this.#codeKey('relay'), this.#seen(nonce)).toString('base64')
    this.send({ type: 'welcome', proof, keypad: this.#requests.keypadState() })
  }

  #proven(given: unknown, deskNonce: Buffer): boolean {
    if (this.#options.pairingCode === null) return true
    const proof = Buffer.from(typeof given === 'string' ? given : '', 'base64')
    const deskKey = this.#codeKey('desk')
    const mask = hmac(createHash('sha256').update(deskKey).digest(), this.#seen(deskNonce))
    const expected = mask.map((byte, index) => byte ^ deskKey.readUInt8(index))
    return proof.length === expected.length && timingSafeEqual(proof, expected)
  }

  #codeKey(side: 'desk' | 'relay'): Buffer {
    const code = (this.#options.pairingCode ?? '').replaceAll(/[\s-]/g, '').toUpperCase()
    return hmac(Buffer.from(code), Buffer.from(`uketsuke-relay 1 ${side}`))
  }

  /** Everything that both sides have seen of this connection. */
  #seen(deskNonce: Buffer): Buffer {
    const certificate = Buffer.from(this.#options.fingerprint256 ?? '', 'hex')
    return Buffer.concat([Buffer.from('uketsuke-relay 1\n'), this.#nonce, deskNonce, certificate])
  }

  #claim(said: DeskSays): void {
    const { request, holder } = said
    const asked = typeof holder === 'object' && holder !== null && 'seat' in holder && 'operator' in holder
    if (!this.#greeted || !asked || !Number.isInteger(request)) throw new WireError('bad-message')
    const { seat, operator } = holder
    this.send({ request, ...this.#requests.claim(this, { seat: String(seat), operator: String(operator) }) })
  }

  #release(said: DeskSays): void {
    const claim = Number(said['claim'])
    if (this.#requests.release(this, claim)) this.send({ type: 'released', claim })
  }
}
