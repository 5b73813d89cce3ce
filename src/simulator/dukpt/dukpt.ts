import { createCipheriv, createDecipheriv } from 'node:crypto'

/**
 * TDES DUKPT of ANSI X9.24-1, for the simulator only: the desk itself holds no key and never decrypts.
 * KSN and keys are buffers: KSN 10 bytes (59 bits identity, 21 bits counter), keys 16 bytes.
 */

/** ANSI's public test key. Real keypads carry keys that only their provider knows. */
export const PUBLIC_TEST_BDK = Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex')

const KEY_MASK = Buffer.from('C0C0C0C000000000C0C0C0C000000000', 'hex')
const DATA_VARIANT = Buffer.from('0000000000FF00000000000000FF0000', 'hex')
const PIN_VARIANT = Buffer.from('00000000000000FF00000000000000FF', 'hex')
const COUNTER_BITS = 21
const NO_IV = Buffer.alloc(8)

export type KeyVariant = 'data' | 'pin'

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)))

/** TDES-CBC with zero IV and no padding; an 8-byte key makes it single DES. */
function desCbc(key: Buffer, data: Buffer, direction: 'encrypt' | 'decrypt'): Buffer {
  const [left, right] = [key.subarray(0, 8), key.length === 8 ? key : key.subarray(8, 16)]
  const tripleKey = Buffer.concat([left, right, left])
  const make = direction === 'encrypt' ? createCipheriv : createDecipheriv
  const cipher = make('des-ede3-cbc', tripleKey, NO_IV).setAutoPadding(false)
  return Buffer.concat([cipher.update(data), cipher.final()])
}

const counterOf = (ksn: Buffer): number => ksn.readUIntBE(7, 3) & (2 ** COUNTER_BITS - 1)

/** Key that is loaded into the device once, made from the base key and the device's identity. */
export function initialKey(bdk: Buffer, ksn: Buffer): Buffer {
  const identity = Buffer.from(ksn.subarray(0, 8))
  identity[7] = (identity[7] ?? 0) & 0xe0
  const half = (key: Buffer) => desCbc(key, identity, 'encrypt')
  return Buffer.concat([half(bdk), half(xor(bdk, KEY_MASK))])
}

/** One non-reversible step of X9.24-1 A.2: `register` is the right 64 bits of KSN with the bits used so far. */
function step(key: Buffer, register: Buffer): Buffer {
  const half = (from: Buffer) => {
    const [left, right] = [from.subarray(0, 8), from.subarray(8, 16)]
    return xor(desCbc(left, xor(register, right), 'encrypt'), right)
  }
  return Buffer.concat([half(xor(key, KEY_MASK)), half(key)])
}

/** Key of one transaction: one step for each set counter bit, from high to low. */
export function transactionKey(bdk: Buffer, ksn: Buffer): Buffer {
  const counter = counterOf(ksn)
  let key = initialKey(bdk, ksn)
  let used = 0
  for (let bit = COUNTER_BITS - 1; bit >= 0; bit -= 1) {
    if (((counter >> bit) & 1) === 0) continue
    used |= 1 << bit
    const register = Buffer.from(ksn.subarray(2, 10))
    register.writeUIntBE((register.readUIntBE(5, 3) & 0xe00000) | used, 5, 3)
    key = step(key, register)
  }
  return key
}

/** Working key that encrypts card data, or the PIN-key variant that some devices use instead. */
export function workingKey(bdk: Buffer, ksn: Buffer, variant: KeyVariant): Buffer {
  const key = transactionKey(bdk, ksn)
  if (variant === 'pin') return xor(key, PIN_VARIANT)
  const varied = xor(key, DATA_VARIANT)
  return Buffer.concat([
    desCbc(varied, varied.subarray(0, 8), 'encrypt'),
    desCbc(varied, varied.subarray(8, 16), 'encrypt'),
  ])
}

const padded = (data: Buffer, block: number): Buffer =>
  Buffer.concat([data, Buffer.alloc((block - (data.length % block)) % block)])

/** TDES-CBC, zero IV, text padded with zeros to 8. */
export const encryptTdes = (key: Buffer, text: Buffer): Buffer => desCbc(key, padded(text, 8), 'encrypt')

/** Inverse of `encryptTdes`; the padding zeros stay. Throws when the length is no multiple of 8. */
export const decryptTdes = (key: Buffer, data: Buffer): Buffer => desCbc(key, data, 'decrypt')

/** AES-128-CBC under the 16-byte data key, zero IV, text padded with zeros to 16. */
export function encryptAes(key: Buffer, text: Buffer): Buffer {
  const cipher = createCipheriv('aes-128-cbc', key, Buffer.alloc(16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(padded(text, 16)), cipher.final()])
}

/** Inverse of `encryptAes`; the padding zeros stay. Throws when the length is no multiple of 16. */
export function decryptAes(key: Buffer, data: Buffer): Buffer {
  const cipher = createDecipheriv('aes-128-cbc', key, Buffer.alloc(16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(data), cipher.final()])
}
