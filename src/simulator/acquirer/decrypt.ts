import { decryptAes, decryptTdes, PUBLIC_TEST_BDK, workingKey } from '../dukpt'

/** A card as it stands in the decrypted frame. Lives only as long as one request. */
export interface ClearCard {
  readonly pan: string
  readonly expiryYYMM: string
}

const ENHANCED = 0xc0
const ORIGINAL = 0x85
const KSN_BYTES = 10
/** CheckLRC, CheckSum, ETX. */
const TAIL = 3

/** The two check bytes: XOR and sum over the card data. */
function checksHold(frame: Buffer): boolean {
  let [xor, sum] = [0, 0]
  for (const byte of frame.subarray(3, frame.length - TAIL)) {
    xor ^= byte
    sum = (sum + byte) & 0xff
  }
  return frame.at(-3) === xor && frame.at(-2) === sum && frame.at(-1) === 0x03
}

/** Opens a keyed frame with the public test key; null when it is none, or not made with that key. */
export function openFrame(frame: Buffer): ClearCard | null {
  if (frame.length < 40 || frame[0] !== 0x02 || frame.readUInt16LE(1) + 6 !== frame.length) return null
  if (!checksHold(frame)) return null
  const ksn = frame.subarray(frame.length - TAIL - KSN_BYTES, frame.length - TAIL)
  if (frame[3] === ENHANCED) return openEnhanced(frame, ksn)
  return frame[3] === ORIGINAL ? openOriginal(frame, ksn) : null
}

const FIXED_KEY = 0x08
const AES = 0x10
const PIN_VARIANT = 0x40
const EXTRA_TEXT = 0x04

function openEnhanced(frame: Buffer, ksn: Buffer): ClearCard | null {
  const [textLength, extraLength, status] = [frame[6] ?? 0, frame[7] ?? 0, frame[8] ?? 0]
  if (status & FIXED_KEY) return null
  const aes = (status & AES) !== 0
  const block = aes ? 16 : 8
  const size = Math.ceil(textLength / block) * block
  const from = 10 + textLength + (status & EXTRA_TEXT ? extraLength : 0)
  const secret = frame.subarray(from, from + size)
  if (secret.length !== size) return null
  const key = workingKey(PUBLIC_TEST_BDK, ksn, status & PIN_VARIANT ? 'pin' : 'data')
  const text = (aes ? decryptAes(key, secret) : decryptTdes(key, secret)).toString('latin1')
  const match = /^;(\d{12,19})=(\d{4})\?/.exec(text)
  return match?.[1] && match[2] ? { pan: match[1], expiryYYMM: match[2] } : null
}

function openOriginal(frame: Buffer, ksn: Buffer): ClearCard | null {
  const size = Math.ceil((frame[9] ?? 0) / 8) * 8
  const secret = frame.subarray(10, 10 + size)
  if (secret.length !== size) return null
  const text = decryptTdes(workingKey(PUBLIC_TEST_BDK, ksn, 'data'), secret).toString('latin1')
  const match = /^(\d{12,19})=(\d{4})=/.exec(text)
  return match?.[1] && match[2] ? { pan: match[1], expiryYYMM: match[2] } : null
}
