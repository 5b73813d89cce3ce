import { parseRelayMessage, type DeskMessage, type RelayMessage } from './messages'

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

export type Incoming =
  | { readonly kind: 'control'; readonly message: RelayMessage }
  /** `data` belongs to the taker. */
  | { readonly kind: 'report'; readonly claim: number; readonly data: Uint8Array }

/** Cuts the byte stream of a relay into messages. Never holds more than one message and one chunk. */
export class MessageReader {
  #buffer: Buffer = Buffer.alloc(0)

  /** Takes a chunk over (it is overwritten). Throws `RelayProtocolError`; the connection is useless then. */
  push(chunk: Buffer): Incoming[] {
    const joined = Buffer.concat([this.#buffer, chunk])
    this.#buffer.fill(0)
    chunk.fill(0)
    this.#buffer = joined
    const messages: Incoming[] = []
    for (;;) {
      const body = this.#next()
      if (body === null) return messages
      const message = decode(body)
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

function decode(message: Buffer): Incoming | null {
  const body = message.subarray(1)
  if (message[0] === KIND_REPORT) return report(body)
  if (message[0] !== KIND_CONTROL) throw new RelayProtocolError('bad-message')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    const parsed = parseRelayMessage(JSON.parse(text))
    return parsed === null ? null : { kind: 'control', message: parsed }
  } catch {
    throw new RelayProtocolError('bad-message')
  }
}

function report(body: Buffer): Incoming {
  const size = body.length - CLAIM_BYTES
  if (size < 1) throw new RelayProtocolError('bad-message')
  if (size > MAX_REPORT_BYTES) throw new RelayProtocolError('too-large')
  return { kind: 'report', claim: body.readUInt32BE(0), data: Uint8Array.from(body.subarray(CLAIM_BYTES)) }
}

/** A message of the desk as it goes over the wire. */
export function encodeControl(message: DeskMessage): Buffer {
  const body = Buffer.from(JSON.stringify(message))
  const head = Buffer.alloc(LENGTH_BYTES + 1)
  head.writeUInt32BE(body.length + 1, 0)
  head[LENGTH_BYTES] = KIND_CONTROL
  return Buffer.concat([head, body])
}
