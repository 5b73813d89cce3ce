import { randomInt } from 'node:crypto'
import { expect, it } from 'vitest'
import { KeypadFrameReceiver, type KeypadReading } from '../../src/main/domain/keypad-frame/index'
import { manualClock } from '../../src/main/platform/clock'
import { fuzzReceiver } from '../support/keypad-fuzz'
import { keyedFrames } from '../support/keypad-vectors'

const frames = keyedFrames.map((vector) => Uint8Array.from(Buffer.from(vector.bytes, 'hex')))

async function readingsOf(bytes: Uint8Array): Promise<KeypadReading[]> {
  const readings: KeypadReading[] = []
  const receiver = new KeypadFrameReceiver({
    clock: manualClock(0),
    memory: { lastCounter: () => null, remember: async () => undefined },
    onReading: (reading) => readings.push(reading),
  })
  receiver.push(bytes)
  receiver.end()
  await receiver.settled()
  return readings
}

it('accepts no frame of which one byte was changed, at any place and to any value', async () => {
  for (const frame of frames) {
    for (let at = 0; at < frame.length; at++) {
      for (let value = 0; value < 256; value++) {
        if (frame[at] === value) continue
        const changed = Uint8Array.from(frame)
        changed[at] = value
        const accepted = (await readingsOf(changed)).filter((reading) => reading.kind === 'frame')
        expect(accepted, `byte ${at} = ${value}`).toEqual([])
      }
    }
  }
})

it(
  'takes the same frames as a naive reading of the protocol, of a million damaged streams',
  { timeout: 60 * 60_000 },
  async () => {
    const streams = Number(process.env['UKETSUKE_FUZZ_STREAMS'] ?? 1_000_000)
    const seed = Number(process.env['UKETSUKE_FUZZ_SEED'] ?? randomInt(2 ** 31))
    const started = performance.now()
    const result = await fuzzReceiver({
      streams,
      seed,
      receiver: (options) => new KeypadFrameReceiver(options),
    })
    expect(result.difference).toBeNull()
    expect(result.accepted).toBeGreaterThan(streams / 2)
    expect(result.refused).toBeGreaterThan(streams / 2)
    const seconds = Math.round((performance.now() - started) / 1000)
    process.stdout.write(`${JSON.stringify({ streams, seed, seconds, ...result })}\n`)
    expect(result.heapGrowth).toBeLessThanOrEqual(10 * 2 ** 20)
  },
)
