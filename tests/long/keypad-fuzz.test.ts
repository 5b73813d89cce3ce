import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeypadFrameReceiver, type KeypadReading } from '../../src/main/domain/keypad-frame/index'
import { manualClock } from '../../src/main/platform/clock'
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

it('survives any bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
      const readings = await readingsOf(bytes)
      expect(readings.every((reading) => reading.kind === 'refused')).toBe(true)
    }),
    { numRuns: 50_000 },
  )
})
