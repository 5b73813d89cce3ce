import { encryptAes, encryptTdes, PUBLIC_TEST_BDK, workingKey } from '../dukpt'

/** A card as keyed on the simulated keypad. Lives in the simulator's processes only. */
export interface KeyedCard {
  readonly pan: string
  /** YYMM */
  readonly expiry: string
}

export interface DeviceIdentity {
  /** Ten ASCII characters. */
  readonly serial: string
  readonly cipher: 'TDES' | 'AES'
}

const NO_HASH = Buffer.alloc(20)

/** Wraps card data: STX, length low byte first, data, XOR, sum, ETX. */
export function envelope(data: Buffer): Buffer {
  let [xor, sum] = [0, 0]
  for (const byte of data) {
    xor ^= byte
    sum += byte
  }
  const head = Buffer.from([0x02, data.length % 256, Math.floor(data.length / 256)])
  return Buffer.concat([head, data, Buffer.from([xor, sum % 256, 0x03])])
}

/** The character that ends a track: `0` plus the XOR of the low nibbles. */
function trackCheck(text: string): string {
  const nibbles = Buffer.from(text, 'latin1').reduce((check, byte) => check ^ (byte & 0x0f), 0)
  return String.fromCharCode(0x30 + nibbles)
}

const track2 = ({ pan, expiry }: KeyedCard): string => {
  const text = `;${pan}=${expiry}?`
  return text + trackCheck(text)
}

/** First four and last four digits stay, as keypads are delivered. */
const masked = (pan: string): string => pan.slice(0, 4) + '*'.repeat(pan.length - 8) + pan.slice(-4)
const maskedTrack = ({ pan, expiry }: KeyedCard): string => `;${masked(pan)}=${expiry}?*`

function encrypt(text: string, ksn: Buffer, cipher: DeviceIdentity['cipher']): Buffer {
  const key = workingKey(PUBLIC_TEST_BDK, ksn, 'data')
  const clear = Buffer.from(text, 'latin1')
  const data = cipher === 'AES' ? encryptAes(key, clear) : encryptTdes(key, clear)
  clear.fill(0)
  return data
}

/** Keyed card, enhanced format (type C0). */
export function enhancedFrame(card: KeyedCard, ksn: Buffer, device: DeviceIdentity): Buffer {
  const shown = Buffer.from(maskedTrack(card), 'latin1')
  const maskStatus = 0x82 | (device.cipher === 'AES' ? 0x10 : 0)
  const head = Buffer.from([0xc0, 0x17, 0, shown.length, 0, maskStatus, 0x92])
  const secret = encrypt(track2(card), ksn, device.cipher)
  return envelope(Buffer.concat([head, shown, secret, NO_HASH, Buffer.from(device.serial, 'latin1'), ksn]))
}

/** Keyed card, original format (type 85), expiry only: no masked number, no serial number. */
export function originalFrame(card: KeyedCard, ksn: Buffer): Buffer {
  const text = `${card.pan}=${card.expiry}=`
  const head = Buffer.from([0x85, 0, 0, 0, 0, 0x04, text.length])
  const expiry = Buffer.from(`\x04${card.expiry}`, 'latin1')
  return envelope(Buffer.concat([head, encrypt(text, ksn, 'TDES'), NO_HASH, expiry, ksn]))
}

/** What a device without keys would send: the number in clear and no ciphertext. */
export function plaintextFrame(card: KeyedCard, device: DeviceIdentity): Buffer {
  const text = Buffer.from(track2(card), 'latin1')
  const head = Buffer.from([0xc0, 0x17, 0, text.length, 0, 0x82, 0x10])
  return envelope(Buffer.concat([head, text, NO_HASH, Buffer.from(device.serial, 'latin1')]))
}

/** A magnetic stripe, track 2 only, enhanced format (type 80). */
export function swipeFrame(card: KeyedCard, ksn: Buffer, device: DeviceIdentity): Buffer {
  const shown = Buffer.from(`;${masked(card.pan)}=${'*'.repeat(16)}?*`, 'latin1')
  const clear = `;${card.pan}=${card.expiry}101100000000?`.padEnd(shown.length - 1, '0')
  const head = Buffer.from([0x80, 0x12, 0, shown.length, 0, 0x82, 0x92])
  const secret = encrypt(clear + trackCheck(clear), ksn, 'TDES')
  return envelope(Buffer.concat([head, shown, secret, NO_HASH, Buffer.from(device.serial, 'latin1'), ksn]))
}
