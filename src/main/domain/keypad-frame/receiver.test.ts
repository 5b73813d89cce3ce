import { describe, expect, it } from 'vitest'
import {
  flippedFrame,
  keyedFrames,
  swipeFrame,
  typedFrames,
  typedSwipe,
} from '../../../../tests/support/keypad-vectors'
import { manualClock } from '../../platform/clock'
import {
  CounterUsed,
  KeypadFrameReceiver,
  readKeyboardRendering,
  splitKsn,
  type KeypadReading,
} from './index'

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const options = { maskCharacter: '*' }

/** Wraps card data in a sound envelope. */
const enveloped = (data: readonly number[]) => {
  const lrc = data.reduce((a, b) => a ^ b, 0)
  const sum = data.reduce((a, b) => (a + b) & 0xff, 0)
  return Uint8Array.from([2, data.length & 0xff, data.length >> 8, ...data, lrc, sum, 3])
}
const cardData = (hex: string) => [...bytesOf(hex)].slice(3, -3)
const [c0, original] = [keyedFrames[0]?.bytes ?? '', keyedFrames[1]?.bytes ?? '']
const changed = (hex: string, change: (data: number[]) => void) => {
  const data = cardData(hex)
  change(data)
  return enveloped(data)
}

function receiver() {
  const clock = manualClock(1_000_000)
  const stored = new Map<string, number>()
  const readings: KeypadReading[] = []
  let receiving = 0
  const failing = { remember: false, used: false, lastCounter: false }
  const writes: string[] = []
  const receiver = new KeypadFrameReceiver({
    clock,
    memory: {
      lastCounter: (keySet) => {
        if (failing.lastCounter) throw new Error('no database')
        return stored.get(keySet) ?? null
      },
      remember: async (keySet, counter) => {
        writes.push(`begin ${counter}`)
        await Promise.resolve()
        if (failing.remember) throw new Error('disk full')
        if (failing.used) throw new CounterUsed()
        stored.set(keySet, counter)
        writes.push(`end ${counter}`)
      },
    },
    onReading: (reading) => readings.push(reading),
    onReceiving: () => (receiving += 1),
  })
  const outcome = async () => {
    await receiver.settled()
    const words = readings.map(async (reading) =>
      reading.kind === 'frame' ? ((await reading.lateRefusal) ?? reading.frame.facts.format) : reading.reason,
    )
    return Promise.all(words)
  }
  return { clock, stored, readings, receiver, outcome, failing, writes, receivings: () => receiving }
}

describe('frames that are accepted', () => {
  it.each(keyedFrames.map((vector) => [vector.id, vector] as const))('%s', async (_id, vector) => {
    const { receiver: r, readings, outcome, stored } = receiver()
    r.push(bytesOf(vector.bytes))
    expect(await outcome()).toEqual([vector.format])
    const [reading] = readings
    if (reading?.kind !== 'frame') throw new Error('no frame')
    const { keySet, counter } = splitKsn(vector.ksn)
    expect(reading.frame.facts).toEqual({
      format: vector.format,
      masked: vector.masked,
      expiryYYMM: vector.expiry,
      serial: vector.serial,
      keySet,
      counter,
      cipher: 'TDES-CBC',
    })
    expect(reading.frame.use((bytes) => Buffer.from(bytes).toString('hex').toUpperCase())).toBe(vector.bytes)
    expect(stored.get(keySet)).toBe(counter)
  })

  it('two in one piece come in order', async () => {
    const { receiver: r, outcome } = receiver()
    r.push(bytesOf(c0 + original))
    expect(await outcome()).toEqual(['C0', '85'])
  })

  it('an AES cipher is sized in blocks of sixteen', async () => {
    const { receiver: r, outcome, readings } = receiver()
    r.push(
      changed(c0, (data) => {
        data[5] = (data[5] ?? 0) | 0x10
        data.splice(7 + 24, 0, ...Array.from({ length: 8 }, () => 0xaa))
      }),
    )
    expect(await outcome()).toEqual(['C0'])
    expect(readings[0]?.kind === 'frame' && readings[0].frame.facts.cipher).toBe('AES-CBC')
  })

  it('a session id and an address slot are skipped by their lengths', async () => {
    const { receiver: r, outcome } = receiver()
    r.push(
      changed(c0, (data) => {
        data[1] = 0x37
        data[4] = 5
        data[6] = (data[6] ?? 0) | 0x44
        data.splice(7 + 24 + 24, 0, ...Array.from({ length: 8 + 8 }, () => 0xbb))
      }),
    )
    expect(await outcome()).toEqual(['C0'])
  })

  it('the caller may overwrite its copy', async () => {
    const { receiver: r, readings, outcome } = receiver()
    const bytes = bytesOf(c0)
    r.push(bytes)
    bytes.fill(0)
    await outcome()
    expect(readings[0]?.kind === 'frame' && readings[0].frame.use((lent) => lent[0])).toBe(2)
  })
})

describe('frames that are refused', () => {
  it.each([
    ['lrc', bytesOf(flippedFrame)],
    ['swipe', bytesOf(swipeFrame)],
    ['etx', bytesOf(`${c0.slice(0, -2)}04`)],
    ['sum', bytesOf(`${c0.slice(0, -4)}6E03`)],
    ['length', bytesOf('022700C0')],
    ['length', bytesOf('025902C0')],
    ['card-type', changed(c0, (data) => (data[0] = 0xc1))],
    ['fixed-key', changed(c0, (data) => (data[5] = 0x8a))],
    ['not-encrypted', changed(c0, (data) => (data[6] = 0x90))],
    ['not-encrypted', changed(c0, (data) => (data[6] = 0x12))],
    ['clear-digits', changed(c0, (data) => data.splice(8, 16, ...Buffer.from('4111111111111111')))],
    ['structure', changed(c0, (data) => data.push(0))],
    ['structure', changed(c0, (data) => (data[3] = 0x28))],
    ['encryption-type', changed(c0, (data) => ((data[1] = 0x57), data.splice(7, 0, 1, 0b10)))],
    ['structure', changed(c0, (data) => ((data[1] = 0x57), data.splice(7, 0, 1, 0b100000)))],
    ['session-id', changed(original, (data) => (data[5] = 0x0c))],
    ['structure', changed(original, (data) => (data[5] = 0x14))],
    ['structure', changed(original, (data) => (data[2] = 1))],
    ['not-encrypted', changed(original, (data) => (data[6] = 0))],
    [
      'clear-digits',
      changed(original, (data) => {
        data[5] = 0x06
        data.splice(-10, 0, 12, ...Buffer.from('411111111111'))
      }),
    ],
  ] as const)('%s', async (reason, bytes) => {
    const { receiver: r, outcome } = receiver()
    r.push(bytes)
    expect(await outcome()).toEqual([reason])
    expect(r.settled()).toBeInstanceOf(Promise)
  })

  it('a counter that does not grow is a replay, within a session and after a restart', async () => {
    const first = receiver()
    first.receiver.push(bytesOf(c0))
    first.receiver.push(bytesOf(c0))
    expect(await first.outcome()).toEqual(['C0', 'replay'])
    const second = receiver()
    second.stored.set('FFFF9876543210E0', 2)
    second.receiver.push(bytesOf(original))
    expect(await second.outcome()).toEqual(['replay'])
  })

  it('a frame whose counter cannot be looked up is not handed on, one whose counter cannot be stored is refused late', async () => {
    const { receiver: r, outcome, readings, failing } = receiver()
    failing.remember = true
    r.push(bytesOf(c0))
    failing.lastCounter = true
    r.push(bytesOf(original))
    expect(readings.map(({ kind }) => kind)).toEqual(['frame', 'refused'])
    expect(await outcome()).toEqual(['not-recorded', 'not-recorded'])
  })

  it('a frame that another seat took is refused late, and the next one is not', async () => {
    const { receiver: r, outcome, failing } = receiver()
    failing.used = true
    r.push(bytesOf(c0))
    await r.settled()
    failing.used = false
    r.push(bytesOf(original))
    expect(await outcome()).toEqual(['replay', '85'])
  })

  it('counters are written in the order of the frames, each after the one before', async () => {
    const { receiver: r, writes, outcome } = receiver()
    r.push(bytesOf(c0 + original))
    await outcome()
    const [first, second] = [splitKsn(keyedFrames[0]?.ksn ?? ''), splitKsn(keyedFrames[1]?.ksn ?? '')]
    expect(writes).toEqual([
      `begin ${first.counter}`,
      `end ${first.counter}`,
      `begin ${second.counter}`,
      `end ${second.counter}`,
    ])
  })
})

describe('time and pieces', () => {
  it('a partial frame is given up two seconds after its first byte', async () => {
    const { receiver: r, outcome, clock } = receiver()
    r.push(bytesOf(c0).subarray(0, 50))
    clock.advance(1999)
    r.tick()
    expect(await outcome()).toEqual([])
    clock.advance(1)
    r.tick()
    expect(await outcome()).toEqual(['incomplete'])
    r.push(bytesOf(c0))
    expect(await outcome()).toEqual(['incomplete', 'C0'])
  })

  it('bytes that come too late do not complete an old frame', async () => {
    const { receiver: r, outcome, clock } = receiver()
    r.push(bytesOf(c0).subarray(0, 60))
    clock.advance(2000)
    r.push(bytesOf(c0).subarray(60))
    expect((await outcome())[0]).toBe('incomplete')
    expect(await outcome()).not.toContain('C0')
  })

  it('a good frame behind a stray header is found when the header comes to nothing', async () => {
    const { receiver: r, outcome, clock } = receiver()
    r.push(bytesOf(`02FF00${c0}`))
    expect(await outcome()).toEqual([])
    clock.advance(2000)
    r.tick()
    expect(await outcome()).toEqual(['incomplete', 'C0'])
  })

  it('receiving is told once, at the first byte', () => {
    const { receiver: r, receivings } = receiver()
    r.push(new Uint8Array(8))
    expect(receivings()).toBe(0)
    for (let at = 0; at < bytesOf(c0).length; at += 8) r.push(bytesOf(c0).subarray(at, at + 8))
    expect(receivings()).toBe(1)
  })

  it('a reset says nothing and forgets the part', async () => {
    const { receiver: r, outcome } = receiver()
    r.push(bytesOf(c0).subarray(0, 50))
    r.reset()
    r.push(bytesOf(c0))
    expect(await outcome()).toEqual(['C0'])
  })
})

describe('keyboard rendering, for diagnosis', () => {
  it.each(typedFrames.map((frame) => [frame.id, frame] as const))('%s', (_id, frame) => {
    const { text, masked, expiry, serial, ksn } = frame
    const expected = { format: 'C0', masked, expiryYYMM: expiry, serial, ksn, cipher: 'TDES-CBC' }
    expect(readKeyboardRendering(text, options)).toEqual([{ ok: true, parsed: expected }])
    expect(readKeyboardRendering(`shop1>${text}\r`, options)).toEqual([{ ok: true, parsed: expected }])
  })

  it('tells a swipe, a broken check and a cut', () => {
    const [frame] = typedFrames
    expect(readKeyboardRendering(typedSwipe, options)[0]).toEqual({ ok: false, reason: 'swipe' })
    const broken = frame.text.replace('5424', '5425')
    expect(readKeyboardRendering(broken, options)[0]).toEqual({ ok: false, reason: 'lrc' })
    expect(readKeyboardRendering(frame.text.slice(0, 100), options)[0]).toEqual({
      ok: false,
      reason: 'incomplete',
    })
  })
})
