import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  KeypadFrameReceiver,
  readKeyboardRendering,
  type KeypadReading,
} from '../../src/main/domain/keypad-frame/index'
import { manualClock } from '../../src/main/platform/clock'
import { keyedFrames, typedFrames } from '../support/keypad-vectors'

const frames = keyedFrames.map((vector) => Uint8Array.from(Buffer.from(vector.bytes, 'hex')))
const [enhanced = new Uint8Array(), original = new Uint8Array()] = frames

/** Readings of a stream that comes in the given pieces; then nothing more for two seconds. */
async function readingsOf(pieces: readonly Uint8Array[]): Promise<string[]> {
  const clock = manualClock(0)
  const readings: KeypadReading[] = []
  const receiver = new KeypadFrameReceiver({
    clock,
    memory: { lastCounter: () => null, remember: async () => undefined },
    onReading: (reading) => readings.push(reading),
  })
  for (const piece of pieces) receiver.push(piece)
  clock.advance(2000)
  receiver.tick()
  await receiver.settled()
  return readings.map((reading) =>
    reading.kind === 'frame' ? `frame ${reading.frame.use((bytes) => bytes.length)}` : reading.reason,
  )
}

const cutAt = (bytes: Uint8Array, cuts: readonly number[]) => {
  const edges = [0, ...[...cuts].sort((a, b) => a - b), bytes.length]
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end))
}
const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts))
const cutsWithin = (length: number) => fc.array(fc.nat(length), { maxLength: 40 })
/** Bytes in which no frame can begin. */
const noise = fc.uint8Array({ maxLength: 80 }).map((bytes) => bytes.map((byte) => (byte === 2 ? 0 : byte)))

describe('the keypad receiver', () => {
  it('reads the same whatever pieces the bytes come in', async () => {
    const stream = fc
      .tuple(fc.uint8Array({ maxLength: 200 }), noise, fc.uint8Array({ maxLength: 700 }))
      .map(([before, between, after]) => joined(before, enhanced, between, original, after))
    await fc.assert(
      fc.asyncProperty(stream, fc.infiniteStream(fc.nat(1600)), async (bytes, numbers) => {
        const cuts = Array.from({ length: 20 }, () => (numbers.next().value ?? 0) % (bytes.length + 1))
        expect(await readingsOf(cutAt(bytes, cuts))).toEqual(await readingsOf([bytes]))
      }),
      { numRuns: 150 },
    )
  })

  it('finds both frames in noise', async () => {
    await fc.assert(
      fc.asyncProperty(noise, noise, noise, async (before, between, after) => {
        const bytes = joined(before, enhanced, between, original, after)
        expect(await readingsOf([bytes])).toEqual([`frame ${enhanced.length}`, `frame ${original.length}`])
      }),
    )
  })

  it('finds a frame behind any garbage, stray headers included', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        cutsWithin(enhanced.length),
        async (garbage, cuts) => {
          const readings = await readingsOf([garbage, ...cutAt(enhanced, cuts)])
          expect(readings.filter((reading) => reading.startsWith('frame'))).toEqual([
            `frame ${enhanced.length}`,
          ])
        },
      ),
      { numRuns: 300 },
    )
  })

  it('accepts no frame with a flipped bit', async () => {
    for (const frame of frames) {
      for (let bit = 0; bit < frame.length * 8; bit += 1) {
        const flipped = frame.slice()
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const readings = await readingsOf([flipped])
        expect(readings.filter((reading) => reading.startsWith('frame'))).toEqual([])
      }
    }
  })

  it('accepts no frame cut short, and says so once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...frames), fc.nat(500), async (frame, cut) => {
        const readings = await readingsOf([frame.subarray(0, 1 + (cut % (frame.length - 1)))])
        expect(readings).toEqual(['incomplete'])
      }),
    )
  })

  it('takes random bytes without throwing', async () => {
    const likely = fc.constantFrom(0, 2, 3, 0x40, 0x85, 0xc0)
    const byte = fc.oneof(likely, fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(byte, { maxLength: 400 }), { maxLength: 8 }), async (pieces) => {
        const readings = await readingsOf(pieces.map((piece) => Uint8Array.from(piece)))
        expect(readings.filter((reading) => reading.startsWith('frame'))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('takes any card data in a sound envelope without throwing', async () => {
    const data = fc
      .tuple(fc.constantFrom(0xc0, 0x85), fc.uint8Array({ minLength: 39, maxLength: 599 }))
      .map(([type, rest]) => Uint8Array.from([type, ...rest]))
    await fc.assert(
      fc.asyncProperty(data, async (card) => {
        const lrc = card.reduce((a, b) => a ^ b, 0)
        const sum = card.reduce((a, b) => (a + b) & 0xff, 0)
        const frame = Uint8Array.from([2, card.length & 0xff, card.length >> 8, ...card, lrc, sum, 3])
        expect((await readingsOf([frame])).length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the keyboard rendering', () => {
  it('never throws and accepts no changed character', () => {
    fc.assert(
      fc.property(
        fc.nat(typedFrames[0].text.length - 1),
        fc.constantFrom(...'0123456789ABCDEF;=?*x'),
        (at, to) => {
          const { text } = typedFrames[0]
          fc.pre(text[at] !== to)
          const results = readKeyboardRendering(text.slice(0, at) + to + text.slice(at + 1), {
            maskCharacter: '*',
          })
          expect(results.filter((result) => result.ok)).toEqual([])
        },
      ),
      { numRuns: 1000 },
    )
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789ABCDEF;=?*', 'あ'), maxLength: 900 }),
        (text) => {
          expect(
            readKeyboardRendering(`02${text}`, { maskCharacter: '*' }).filter((result) => result.ok),
          ).toEqual([])
        },
      ),
    )
  })
})
