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

/** Opens a keyed frame with the public test key; null when it is none, or not made with that key. */
export function openFrame(frame: Buffer): ClearCard | null {
  if (frame.length < 40 || frame[0] !== 0x02 || frame.readUInt16LE(1) + 6 !== frame.length) return null
  const ksn = frame.subarray(frame.length - TAIL - KSN_BYTES, frame.length - TAIL)
  if (frame[3] === ENHANCED) return openEnhanced(frame, ksn)
  return frame[3] === ORIGINAL ? openOriginal(frame, ksn) : null
}

function openEnhanced(frame: Buffer, ksn: Buffer): ClearCard | null {
  const textLength = frame[6] ?? 0
  const aes = ((frame[8] ?? 0) & 0x10) !== 0
  const block = aes ? 16 : 8
  const size = Math.ceil(textLength / block) * block
  const from = 10 + textLength
  const key = workingKey(PUBLIC_TEST_BDK, ksn, 'data')
  const cipher = frame.subarray(from, from + size)
  if (cipher.length !== size) return null
  const text = (aes ? decryptAes(key, cipher) : decryptTdes(key, cipher)).toString('latin1')
  const match = /^;(\d{12,19})=(\d{4})\?/.exec(text)
  return match?.[1] && match[2] ? { pan: match[1], expiryYYMM: match[2] } : null
}

function openOriginal(frame: Buffer, ksn: Buffer): ClearCard | null {
  const size = Math.ceil((frame[9] ?? 0) / 8) * 8
  const text = decryptTdes(workingKey(PUBLIC_TEST_BDK, ksn, 'data'), frame.subarray(10, 10 + size)).toString(
    'latin1',
  )
  const match = /^(\d{12,19})=(\d{4})=/.exec(text)
  return match?.[1] && match[2] ? { pan: match[1], expiryYYMM: match[2] } : null
}
