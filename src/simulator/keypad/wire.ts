/** The relay's side of the wire, written apart from the desk's so that each checks the other. */

const MAX_BODY = 8193

/** Thrown for bytes that are not the protocol; the connection ends with this code. */
export class WireError extends Error {
  readonly code: 'bad-message' | 'too-large'

  constructor(code: 'bad-message' | 'too-large') {
    super(code)
    this.code = code
  }
}

export type DeskSays = Readonly<Record<string, unknown>> & { readonly type: string }

/** A control message: length, kind 1, JSON. */
export function controlBytes(message: object): Buffer {
  const json = Buffer.from(JSON.stringify(message), 'utf8')
  const head = Buffer.from([0, 0, 0, 0, 1])
  head.writeUInt32BE(json.length + 1)
  return Buffer.concat([head, json])
}

/** A report message: length, kind 2, claim number, bytes of the keypad. */
export function reportBytes(claim: number, data: Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUInt32BE(data.length + 5, 0)
  head.writeUInt8(2, 4)
  head.writeUInt32BE(claim, 5)
  return Buffer.concat([head, data])
}

/** Collects what a desk sends until whole messages are there. */
export class DeskReader {
  #pending: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): DeskSays[] {
    this.#pending = Buffer.concat([this.#pending, chunk])
    const said: DeskSays[] = []
    while (this.#pending.length >= 4) {
      const length = this.#pending.readUInt32BE()
      if (length > MAX_BODY) throw new WireError('too-large')
      if (length < 2) throw new WireError('bad-message')
      if (this.#pending.length < 4 + length) break
      said.push(parse(this.#pending.subarray(4, 4 + length)))
      this.#pending = this.#pending.subarray(4 + length)
    }
    return said
  }
}

function parse(message: Buffer): DeskSays {
  if (message[0] !== 1) throw new WireError('bad-message')
  let value: unknown
  try {
    value = JSON.parse(message.subarray(1).toString('utf8'))
  } catch {
    throw new WireError('bad-message')
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) throw new WireError('bad-message')
  const { type } = value
  if (typeof type !== 'string') throw new WireError('bad-message')
  return { ...value, type }
}
