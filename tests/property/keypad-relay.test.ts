import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MessageReader, RelayProtocolError, type Incoming } from '../../src/main/devices/relay/framing'
import { controlBytes, reportBytes } from '../../src/simulator/keypad/wire'

const holder = fc.record({
  seat: fc.string({ maxLength: 20, unit: 'grapheme-ascii' }),
  operator: fc.constantFrom('鈴木', '佐藤'),
})
const number32 = fc.integer({ min: 1, max: 0xffff_ffff })
const message = fc.oneof(
  fc.constant({ type: 'ping' }),
  fc.record({ type: fc.constant('busy'), request: number32, holder }),
  fc.record({ type: fc.constant('released'), claim: number32 }),
)
const report = fc.record({ claim: number32, data: fc.uint8Array({ minLength: 1, maxLength: 1024 }) })

const shown = (incoming: Incoming) =>
  incoming.kind === 'control' ? incoming.message : { claim: incoming.claim, data: [...incoming.data] }

describe('the relay message reader', () => {
  it('gives back what the simulator wrote, whatever pieces it comes in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(message, report), { maxLength: 10 }),
        fc.array(fc.nat(5000), { maxLength: 30 }),
        (sent, cuts) => {
          const bytes = Buffer.concat(
            sent.map((item) =>
              'type' in item ? controlBytes(item) : reportBytes(item.claim, Buffer.from(item.data)),
            ),
          )
          const edges = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
          const reader = new MessageReader()
          let from = 0
          const received = edges.flatMap((to) => {
            const piece = Buffer.from(bytes.subarray(from, to))
            from = to
            return reader.push(piece)
          })
          expect(received.map(shown)).toEqual(
            sent.map((item) => ('type' in item ? item : { claim: item.claim, data: [...item.data] })),
          )
        },
      ),
    )
  })

  it('ends hostile bytes with its own error only', () => {
    const likely = fc.oneof(fc.constantFrom(0, 1, 2, 0x7b, 0x22), fc.nat(255))
    fc.assert(
      fc.property(fc.array(likely, { maxLength: 300 }), fc.boolean(), (bytes, framed) => {
        const body = Buffer.from(bytes)
        const head = Buffer.alloc(4)
        head.writeUInt32BE(body.length)
        try {
          new MessageReader().push(framed ? Buffer.concat([head, body]) : body)
        } catch (error) {
          expect(error).toBeInstanceOf(RelayProtocolError)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('ends any JSON with its own error only, and lets no unknown field through', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('claimed', 'state', 'welcome', 'hello', 'lost'),
        (value, type) => {
          const body = typeof value === 'object' && value !== null ? { ...value, type } : { type, value }
          const bytes = controlBytes(body)
          fc.pre(bytes.length < 8000)
          expect(() => new MessageReader().push(bytes)).toThrow(RelayProtocolError)
        },
      ),
    )
    const [ping] = new MessageReader().push(controlBytes({ type: 'ping', pan: '4111111111111111' }))
    expect(ping).toEqual({ kind: 'control', message: { type: 'ping' } })
  })

  it('overwrites the chunk that it was given', () => {
    const chunk = reportBytes(1, Buffer.alloc(20, 0xaa))
    new MessageReader().push(chunk)
    expect(chunk.every((byte) => byte === 0)).toBe(true)
  })
})
