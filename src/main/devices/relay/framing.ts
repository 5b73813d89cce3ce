import { parseRelayMessage, type DeskMessage, type RelayMessage } from './messages'

type Parse<M> = (value: unknown) => M | null

const LENGTH_BYTES = 4
const KIND_CONTROL = 0x01
const KIND_REPORT = 0x02
const CLAIM_BYTES = 4
export const MAX_CONTROL_BYTES = 8192
export const MAX_REPORT_BYTES = 1024

/** The other side does not speak this protocol. Holds nothing that was received. */
export class RelayProtocolError extends Error {
  readonly code: 'bad-message' | 'too-large'

  constructor(code: 'bad-message' | 'too-large') {
    super(`relay protocol: ${code}`)
    this.code = code
  }
}

export type Incoming<M = RelayMessage> =
  | { readonly kind: 'control'; readonly message: M }
  /** `data` belongs to the taker. */
  | { readonly kind: 'report'; readonly claim: number; readonly data: Uint8Array }

/** Cuts a byte stream into messages. Never holds more than one message and one chunk. */
export class StreamReader<M> {
  readonly #parse: Parse<M>
  #buffer: Buffer = Buffer.alloc(0)

  constructor(parse: Parse<M>) {
    this.#parse = parse
  }

  /** True while a message has begun to come and is not complete. */
  get isInside(): boolean {
    return this.#buffer.length > 0
  }

  /** Takes a chunk over (it is overwritten). Throws `RelayProtocolError`; the connection is useless then. */
  push(chunk: Buffer): Incoming<M>[] {
    const joined = Buffer.concat([this.#buffer, chunk])
    this.#buffer.fill(0)
    chunk.fill(0)
    this.#buffer = joined
    const messages: Incoming<M>[] = []
    for (;;) {
      const body = this.#next()
      if (body === null) return messages
      const message = decode(body, this.#parse)
      body.fill(0)
      if (message !== null) messages.push(message)
    }
  }

  wipe(): void {
    this.#buffer.fill(0)
    this.#buffer = Buffer.alloc(0)
  }

  #next(): Buffer | null {
    if (this.#buffer.length < LENGTH_BYTES) return null
    const length = this.#buffer.readUInt32BE(0)
    if (length === 0) throw new RelayProtocolError('bad-message')
    if (length > MAX_CONTROL_BYTES + 1) throw new RelayProtocolError('too-large')
    if (this.#buffer.length < LENGTH_BYTES + length) return null
    const body = this.#buffer.subarray(LENGTH_BYTES, LENGTH_BYTES + length)
    this.#buffer = this.#buffer.subarray(LENGTH_BYTES + length)
    return body
  }
}

/** Cuts the byte stream of a relay into messages. */
export class MessageReader extends StreamReader<RelayMessage> {
  constructor() {
    super(parseRelayMessage)
  }
}

function decode<M>(message: Buffer, parse: Parse<M>): Incoming<M> | null {
  const body = message.subarray(1)
  if (message[0] === KIND_REPORT) return report(body)
  if (message[0] !== KIND_CONTROL) throw new RelayProtocolError('bad-message')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    const parsed = parse(JSON.parse(text))
    return parsed === null ? null : { kind: 'control', message: parsed }
  } catch {
    throw new RelayProtocolError('bad-message')
  }
}

function report(body: Buffer): Incoming<never> {
  const size = body.length - CLAIM_BYTES
  if (size < 1) throw new RelayProtocolError('bad-message')
  if (size > MAX_REPORT_BYTES) throw new RelayProtocolError('too-large')
  return { kind: 'report', claim: body.readUInt32BE(0), data: Uint8Array.from(body.subarray(CLAIM_BYTES)) }
}

/** A control message as it goes over the wire. */
export function encodeControl(message: DeskMessage | RelayMessage): Buffer {
  const body = Buffer.from(JSON.stringify(message))
  const head = Buffer.alloc(LENGTH_BYTES + 1)
  head.writeUInt32BE(body.length + 1, 0)
  head[LENGTH_BYTES] = KIND_CONTROL
  return Buffer.concat([head, body])
}

/** Report data for a claim as they go over the wire, in as many messages as they need. */
export function encodeReport(claim: number, data: Uint8Array): Buffer[] {
  return Array.from({ length: Math.ceil(data.length / MAX_REPORT_BYTES) }, (_, index) => {
    const part = data.subarray(index * MAX_REPORT_BYTES, (index + 1) * MAX_REPORT_BYTES)
    const message = Buffer.alloc(LENGTH_BYTES + 1 + CLAIM_BYTES + part.length)
    message.writeUInt32BE(1 + CLAIM_BYTES + part.length, 0)
    message[LENGTH_BYTES] = KIND_REPORT
    message.writeUInt32BE(claim, LENGTH_BYTES + 1)
    message.set(part, LENGTH_BYTES + 1 + CLAIM_BYTES)
    return message
  })
}
