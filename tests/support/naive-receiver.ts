/**
 * A second reading of the keypad protocol, against which the real receiver is checked: the whole stream lies in
 * one array, every rule is one line, nothing is fast. Shares no code with the receiver on purpose.
 */

/** A keyed card that the protocol lets through. Bytes and KSN parts in upper-case hex. */
export interface NaiveFrame {
  readonly bytes: string
  readonly format: 'C0' | '85'
  /** What stands between `;` and `=` with its expiry, when the text has the published form. */
  readonly text: { readonly masked: string | null; readonly expiryYYMM: string } | null
  readonly serial: string | null
  readonly keySet: string
  readonly counter: number
  readonly cipher: 'TDES-CBC' | 'AES-CBC'
}

type Verdict =
  | { readonly kind: 'accepted'; readonly frame: NaiveFrame }
  /** Drop the STX only and look on behind it. */
  | { readonly kind: 'failed' }
  /** A device that does not encrypt: nothing of these bytes is looked at again. */
  | { readonly kind: 'wiped' }

const failed = { kind: 'failed' } as const
const wiped = { kind: 'wiped' } as const

/**
 * Frames to be handed on, in order. Each stretch is followed by a silence in which a half frame is given up;
 * `counters` holds the last counter of each key set and is brought up to date.
 */
export function naiveFrames(stretches: readonly Uint8Array[], counters: Map<string, number>): NaiveFrame[] {
  const frames: NaiveFrame[] = []
  for (const stretch of stretches) {
    let at = 0
    while (at < stretch.length) {
      if (stretch[at] !== 0x02) {
        at += 1
        continue
      }
      const { size, verdict } = candidate(Array.from(stretch.subarray(at)))
      at += verdict.kind === 'failed' ? 1 : size
      if (verdict.kind !== 'accepted') continue
      const { keySet, counter } = verdict.frame
      const last = counters.get(keySet)
      if (last !== undefined && counter <= last) continue
      counters.set(keySet, counter)
      frames.push(verdict.frame)
    }
  }
  return frames
}

function candidate(rest: readonly number[]): { size: number; verdict: Verdict } {
  if (rest.length < 3) return { size: 0, verdict: failed }
  const length = byteAt(rest, 1) + 256 * byteAt(rest, 2)
  if (length < 40 || length > 600) return { size: 0, verdict: failed }
  const size = length + 6
  if (rest.length < size) return { size: 0, verdict: failed }
  const data = rest.slice(3, 3 + length)
  if (rest[size - 1] !== 0x03) return { size, verdict: failed }
  if (rest[size - 3] !== data.reduce((all, byte) => all ^ byte, 0)) return { size, verdict: failed }
  if (rest[size - 2] !== data.reduce((all, byte) => all + byte, 0) % 256) return { size, verdict: failed }
  const bytes = toHex(rest.slice(0, size))
  if (data[0] === 0xc0) return { size, verdict: enhanced(data, bytes) }
  if (data[0] === 0x85) return { size, verdict: original(data, bytes) }
  return { size, verdict: failed }
}

/** Format `C0`. `data` begins with the card encode type; offsets of the manual are counted from the STX, three before. */
function enhanced(data: readonly number[], bytes: string): Verdict {
  const trackStatus = byteAt(data, 1)
  const tracks = [byteAt(data, 2), byteAt(data, 3), byteAt(data, 4)]
  const mask = byteAt(data, 5)
  const sent = byteAt(data, 6)
  const has = (status: number, bit: number) => Math.floor(status / 2 ** bit) % 2 === 1
  if (!has(sent, 1) || !has(sent, 7) || tracks[1] === 0) return wiped
  if (has(mask, 3)) return failed

  let at = 7
  let hashSize = 20
  if (has(trackStatus, 6)) {
    const count = data[at]
    if (count === undefined || at + 1 + count > data.length) return failed
    const first = count > 0 ? byteAt(data, at + 1) : 0
    if (has(first, 1)) return failed
    // A MAC behind the KSN is announced: there may be nothing behind the KSN.
    if (has(first, 5)) return failed
    if (has(first, 0)) hashSize = 32
    at += 1 + count
  }
  const texts: string[] = []
  for (const track of [0, 1, 2]) {
    const size = has(mask, track) ? byteAt(tracks, track) : 0
    const text = asText(data.slice(at, at + size), size)
    if (text === null) return failed
    texts.push(text)
    at += size
  }
  if (texts.some(showsANumber)) return wiped
  const block = has(mask, 4) ? 16 : 8
  for (const track of [0, 1, 2]) {
    if (has(sent, track)) at += Math.ceil(byteAt(tracks, track) / block) * block
  }
  if (has(sent, 6)) at += 8
  for (const hash of [3, 4, 5]) if (has(sent, hash)) at += hashSize
  let serial = ''
  if (has(mask, 7)) {
    const text = asText(data.slice(at, at + 10), 10)
    if (text === null) return failed
    serial = text.trim()
    at += 10
  }
  if (at + 10 !== data.length) return failed
  const shown = /^;([\d*]+)=(\d{4})\?\*$/.exec(texts[1] ?? '')
  return {
    kind: 'accepted',
    frame: {
      bytes,
      format: 'C0',
      text: shown === null ? null : { masked: shown[1] ?? '', expiryYYMM: shown[2] ?? '' },
      serial: serial === '' ? null : serial,
      ...ksnParts(data.slice(at)),
      cipher: block === 16 ? 'AES-CBC' : 'TDES-CBC',
    },
  }
}

/** Format `85`: address and postal code travel in clear, the number not at all. */
function original(data: readonly number[], bytes: string): Verdict {
  if (data.slice(1, 5).some((byte) => byte !== 0)) return failed
  const status = byteAt(data, 5)
  if (status > 0b111) return failed
  const clear = byteAt(data, 6)
  if (clear === 0) return wiped
  const cipher = Math.ceil(clear / 8) * 8
  if (cipher > 180) return failed
  let at = 7 + cipher + 20
  let expiry: string | null = null
  const fields = [
    { bit: 4, most: 4 },
    { bit: 2, most: 20 },
    { bit: 1, most: 10 },
  ]
  const texts: string[] = []
  for (const { bit, most } of fields) {
    if (Math.floor(status / bit) % 2 === 0) continue
    const size = data[at]
    if (size === undefined || size > most) return failed
    const text = asText(data.slice(at + 1, at + 1 + size), size)
    if (text === null) return failed
    if (bit === 4) expiry = text
    texts.push(text)
    at += 1 + size
  }
  if (texts.some(showsANumber)) return wiped
  if (expiry !== null && !/^\d{4}$/.test(expiry)) return failed
  if (at + 10 !== data.length) return failed
  return {
    kind: 'accepted',
    frame: {
      bytes,
      format: '85',
      text: expiry === null ? null : { masked: null, expiryYYMM: expiry },
      serial: null,
      ...ksnParts(data.slice(at)),
      cipher: 'TDES-CBC',
    },
  }
}

/** ANSI X9.24-1: 80 bits, of which the last 21 count. The key set is named by the first eight bytes without them. */
function ksnParts(ksn: readonly number[]): { keySet: string; counter: number } {
  const whole = BigInt(`0x${toHex(ksn)}`)
  const counter = whole % 2n ** 21n
  return {
    keySet: ((whole - counter) / 2n ** 16n).toString(16).toUpperCase().padStart(16, '0'),
    counter: Number(counter),
  }
}

const byteAt = (bytes: readonly number[], index: number): number => bytes[index] ?? 0

/** Printable ASCII; null when there are too few bytes or others among them. */
const asText = (bytes: readonly number[], size: number): string | null =>
  bytes.length === size && bytes.every((byte) => byte >= 0x20 && byte <= 0x7e)
    ? bytes.map((byte) => String.fromCharCode(byte)).join('')
    : null

const showsANumber = (text: string): boolean => /[0-9]{12}/.test(text)

const toHex = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('')
