import { keyedFrames, swipeFrame } from './keypad-vectors'
import type { Random } from './random'

/** One stream as a cable might bring it: stretches in pieces, a long silence behind each stretch. */
export type KeypadStream = readonly (readonly Uint8Array[])[]

const fixed = [...keyedFrames.map((vector) => vector.bytes), swipeFrame].map((hex) => [
  ...Buffer.from(hex, 'hex'),
])

/** A stream of one to five frames, most of them damaged, with noise between them, cut into pieces anywhere. */
export function randomStream(random: Random): KeypadStream {
  const stretches = random.once(6) ? 2 : 1
  return Array.from({ length: stretches }, () => {
    const bytes: number[] = []
    const parts = 1 + random.int(4)
    for (let part = 0; part < parts; part++) bytes.push(...randomPart(random))
    return pieces(random, Uint8Array.from(bytes))
  })
}

function randomPart(random: Random): number[] {
  const kind = random.int(20)
  if (kind === 0) return [...random.bytes(random.int(400))]
  if (kind === 1) return noise(random)
  if (kind === 2) return enveloped([random.pick([0xc0, 0x85]), ...random.bytes(39 + random.int(300))])
  if (kind === 3) return twice(random, randomFrame(random))
  if (kind === 4) return nested(random)
  const frame = randomFrame(random)
  if (kind < 9) return [...noise(random), ...frame]
  return damage(random, frame)
}

/** Filler, and the bytes that mean something to a receiver. */
const noise = (random: Random): number[] =>
  Array.from({ length: random.int(70) }, () =>
    random.pick([0, 0, 0, 2, 3, 0x40, 0x5f, 0x85, 0xc0, random.int(256)]),
  )

const twice = (random: Random, frame: number[]): number[] => [...frame, ...noise(random), ...frame]

/** A sound frame in the ciphertext of one that fails: found by looking on behind the STX only. */
function nested(random: Random): number[] {
  const inner = randomFrame(random)
  const outer = enveloped([
    random.pick([0xc0, 0x85, 0x80, 0x99]),
    ...random.bytes(40),
    ...inner,
    ...random.bytes(30),
  ])
  return random.once(2) ? damage(random, outer) : outer
}

const DAMAGES: readonly ((random: Random, frame: number[]) => number[])[] = [
  (random, frame) => {
    for (let times = 1 + random.int(3); times > 0; times--) {
      const at = random.int(frame.length)
      frame[at] = (frame[at] ?? 0) ^ (1 << random.int(8))
    }
    return frame
  },
  (random, frame) => frame.slice(0, random.int(frame.length)),
  (random, frame) => frame.slice(random.int(frame.length)),
  // A report lost, or come twice.
  (random, frame) => {
    const at = random.int(frame.length)
    const size = random.pick([1, 8, 64, 1 + random.int(20)])
    if (random.once(2)) frame.splice(at, size)
    else frame.splice(at, 0, ...frame.slice(at, at + size))
    return frame
  },
  (random, frame) => {
    const filler = Array.from({ length: 1 + random.int(12) }, () => random.pick([0, 2, 3]))
    frame.splice(random.int(frame.length), 0, ...filler)
    return frame
  },
  (random, frame) => {
    const at = 1 + random.int(2)
    frame[at] = random.once(2) ? random.int(256) : ((frame[at] ?? 0) + random.pick([255, 1, 8, 248])) & 0xff
    return frame
  },
  // The sum stays, the XOR does not; and the other way about.
  (random, frame) => {
    const [up, down] = [3 + random.int(frame.length - 6), 3 + random.int(frame.length - 6)]
    frame[up] = ((frame[up] ?? 0) + 1) & 0xff
    frame[down] = ((frame[down] ?? 0) + 255) & 0xff
    return frame
  },
  (random, frame) => {
    const [one, other] = [3 + random.int(frame.length - 6), 3 + random.int(frame.length - 6)]
    const bit = 1 << random.int(8)
    frame[one] = (frame[one] ?? 0) ^ bit
    frame[other] = (frame[other] ?? 0) ^ bit
    return frame
  },
  // Only the check bytes and the end.
  (random, frame) => {
    const at = frame.length - 1 - random.int(3)
    frame[at] = random.int(256)
    return frame
  },
  changedField,
  changedField,
  changedSize,
]

const damage = (random: Random, frame: number[]): number[] => random.pick(DAMAGES)(random, [...frame])

/** Another status, length or text in an envelope that is right again. */
function changedField(random: Random, frame: number[]): number[] {
  const data = frame.slice(3, -3)
  const at = random.once(3) ? random.int(data.length) : random.int(8)
  data[at] = random.once(2) ? random.int(256) : (data[at] ?? 0) ^ (1 << random.int(8))
  return enveloped(data)
}

/** Card data that is longer or shorter than its fields, in an envelope that is right again. */
function changedSize(random: Random, frame: number[]): number[] {
  const data = frame.slice(3, -3)
  const at = random.int(data.length)
  const size = random.pick([1, 4, 8, 16, 20])
  if (random.once(2)) data.splice(at, size)
  else data.splice(at, 0, ...random.bytes(size))
  return enveloped(data)
}

/** Wraps card data in a sound envelope. */
function enveloped(data: readonly number[]): number[] {
  const lrc = data.reduce((all, byte) => all ^ byte, 0)
  const sum = data.reduce((all, byte) => (all + byte) & 0xff, 0)
  return [2, data.length & 0xff, data.length >> 8, ...data, lrc, sum, 3]
}

function randomFrame(random: Random): number[] {
  if (random.once(4)) return [...random.pick(fixed)]
  return enveloped(random.once(3) ? originalData(random) : enhancedData(random))
}

/** Few key sets and small counters, so that repeated and falling counters come up often. */
const ksn = (random: Random): number[] => {
  const keySet = random.pick([0xe0, 0xc0, 0x20])
  const counter = random.once(8) ? random.int(0x20_0000) : random.int(12)
  return [
    0xff,
    0xff,
    0x98,
    0x76,
    0x54,
    0x32,
    0x10,
    keySet | (counter >> 16),
    (counter >> 8) & 0xff,
    counter & 0xff,
  ]
}

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0))

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random.int(10))).join('')

function enhancedData(random: Random): number[] {
  const hidden = random.once(12) ? 0 : 4 + random.int(8)
  const text = `;${digits(random, 4 + random.int(3))}${'*'.repeat(hidden)}${digits(random, random.pick([4, 4, 3, 8]))}=${digits(random, 4)}?*`
  const extra = random.once(4) ? digits(random, 1 + random.int(13)) : ''
  const [aes, session, serial, longHash] = [random.once(4), random.once(5), !random.once(4), random.once(2)]
  const optional = random.once(6) ? [random.pick([0, 1, 1, 3]), longHash ? 1 : 0, 0, 0].slice(0, 4) : null
  const hashes = random.pick([0, 0x10, 0x10, 0x10, 0x18, 0x38])
  const optionalBytes =
    optional === null ? [] : [optional[0] ?? 0, ...optional.slice(1, 1 + (optional[0] ?? 0))]
  if (optionalBytes.length > 1 && random.once(5)) optionalBytes[1] = random.int(64)
  const block = aes ? 16 : 8
  const inBlocks = (count: number) => Math.ceil(count / block) * block
  const hashBytes = optionalBytes.length > 1 && (optionalBytes[1] ?? 0) % 2 === 1 ? 32 : 20
  const hashCount = [...hashes.toString(2)].filter((bit) => bit === '1').length
  return [
    0xc0,
    (extra === '' ? 0x17 : 0x37) | (optional === null ? 0 : 0x40),
    0,
    text.length,
    extra.length,
    2 | (extra === '' ? 0 : 4) | (aes ? 16 : 0) | (serial ? 128 : 0),
    0x82 | (extra === '' ? 0 : 4) | (session ? 64 : 0) | hashes,
    ...optionalBytes,
    ...ascii(text + extra),
    ...random.bytes(inBlocks(text.length) + inBlocks(extra.length)),
    ...(session ? random.bytes(8) : []),
    ...new Uint8Array(hashBytes * hashCount),
    ...(serial ? ascii(random.pick(['TEST000001', '644T055742', 'AB12      '])) : []),
    ...ksn(random),
  ]
}

function originalData(random: Random): number[] {
  const clear = 20 + random.int(12)
  const status = random.int(8)
  const sized = (text: string) => [text.length, ...ascii(text)]
  return [
    0x85,
    0,
    0,
    0,
    0,
    status,
    clear,
    ...random.bytes(Math.ceil(clear / 8) * 8),
    ...new Uint8Array(20),
    ...((status & 4) === 0 ? [] : sized(digits(random, 4))),
    ...((status & 2) === 0 ? [] : sized(digits(random, random.int(15)))),
    ...((status & 1) === 0 ? [] : sized(digits(random, random.int(11)))),
    ...ksn(random),
  ]
}

/** Single bytes, 8- and 64-byte reports (the last one filled with zeros or cut short), the whole, or cuts anywhere. */
function pieces(random: Random, bytes: Uint8Array<ArrayBuffer>): Uint8Array[] {
  const size = random.pick([8, 64, 512, 0, 0, bytes.length, bytes.length])
  const found: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const next = Math.max(1, size === 0 ? 1 + random.int(120) : size)
    found.push(bytes.slice(at, at + next))
    at += next
  }
  return found
}
