import { expect, it } from 'vitest'
import { KeypadFrameReceiver } from '../../src/main/domain/keypad-frame/index'
import { fuzzReceiver } from '../support/keypad-fuzz'

const STREAMS = 20_000
const SEED = Number(process.env['UKETSUKE_FUZZ_SEED'] ?? 20_261_123)

it(
  `takes the same frames as a naive reading of the protocol, of ${STREAMS} damaged streams`,
  { timeout: 120_000 },
  async () => {
    const result = await fuzzReceiver({
      streams: STREAMS,
      seed: SEED,
      receiver: (options) => new KeypadFrameReceiver(options),
    })
    expect(result.difference).toBeNull()
    // Both sides of every rule were met often, or the test would show nothing.
    expect(result.accepted).toBeGreaterThan(STREAMS / 2)
    expect(result.refused).toBeGreaterThan(STREAMS / 2)
    expect(result.heapGrowth).toBeLessThanOrEqual(10 * 2 ** 20)
  },
)
