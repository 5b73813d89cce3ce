import {
  FieldReader,
  HASH_BYTES,
  KSN_BYTES,
  Refused,
  hex,
  inBlocks,
  refuseClearDigits,
  type LayoutOptions,
  type ParsedFrame,
} from './fields'

const SHA256_BYTES = 32
const SERIAL_BYTES = 10
const SESSION_ID_BYTES = 8

const bit = (byte: number, index: number): boolean => ((byte >> index) & 1) === 1

/**
 * Keyed card, enhanced format (type `C0`). `data` is the card data of the binary rendering.
 * Throws `Refused`. Layout: ID TECH SREDKey 2 Integration Manual 80172501-001, pp. 23-31.
 */
export function parseKeyedEnhanced(data: Uint8Array, options: LayoutOptions): ParsedFrame {
  const fields = new FieldReader(data)
  fields.byte() // card encode type
  const trackStatus = fields.byte()
  const lengths = [fields.byte(), fields.byte(), fields.byte()] as const
  const maskStatus = fields.byte()
  const sentStatus = fields.byte()
  refuseUnencrypted(lengths, sentStatus)
  if (bit(maskStatus, 3)) throw new Refused('fixed-key')
  const longHashes = bit(trackStatus, 6) && optionalBytesNameLongHashes(fields)

  const texts = lengths.map((length, track) => (bit(maskStatus, track) ? fields.text(length) : ''))
  refuseClearDigits(texts)
  const aes = bit(maskStatus, 4)
  lengths.forEach((length, track) => {
    if (bit(sentStatus, track)) fields.take(inBlocks(length, aes ? 16 : 8))
  })
  if (bit(sentStatus, 6)) fields.take(SESSION_ID_BYTES)
  for (const hashBit of [3, 4, 5]) {
    if (bit(sentStatus, hashBit)) fields.take(longHashes ? SHA256_BYTES : HASH_BYTES)
  }
  const serial = bit(maskStatus, 7) ? fields.text(SERIAL_BYTES).trim() : ''
  const ksn = hex(fields.take(KSN_BYTES))
  fields.end()
  return {
    format: 'C0',
    ...readMaskedText(texts[1] ?? '', options.maskCharacter),
    serial: serial === '' ? null : serial,
    ksn,
    cipher: aes ? 'AES-CBC' : 'TDES-CBC',
  }
}

function refuseUnencrypted(lengths: readonly number[], sentStatus: number): void {
  const cardTextEncrypted = bit(sentStatus, 1) && lengths[1] !== 0
  const ksnSent = bit(sentStatus, 7)
  if (!cardTextEncrypted || !ksnSent) throw new Refused('not-encrypted')
}

/** Reads the optional bytes away; true when hashes are SHA-256 instead of SHA-1. */
function optionalBytesNameLongHashes(fields: FieldReader): boolean {
  const first = fields.take(fields.byte())[0] ?? 0
  if (bit(first, 1)) throw new Refused('encryption-type')
  // A MAC behind the KSN is announced, where nothing may be: with or without it the fields do not add up.
  if (bit(first, 5)) throw new Refused('structure')
  return bit(first, 0)
}

/** `;4111********1111=2812?*`: the number as the keypad masked it, and the expiry, which travels in clear. */
function readMaskedText(
  text: string,
  maskCharacter: string,
): { masked: string | null; expiryYYMM: string | null } {
  const [number = '', rest = ''] = text.replace(/^;/, '').split('=')
  const isMasked =
    text.startsWith(';') &&
    number !== '' &&
    [...number].every((character) => character === maskCharacter || /\d/.test(character))
  return { masked: isMasked ? number : null, expiryYYMM: /^\d{4}/.exec(rest)?.[0] ?? null }
}
