import {
  FieldReader,
  HASH_BYTES,
  KSN_BYTES,
  Refused,
  hex,
  inBlocks,
  refuseClearDigits,
  type ParsedFrame,
} from './fields'

const MAX_CIPHERTEXT_BYTES = 180
const EXPIRY_DIGITS = 4
const MAX_ADDRESS = 20
const MAX_POSTAL_CODE = 10

/**
 * Keyed card, original format (type `85`): no masked number and no serial number in it.
 * Throws `Refused`. Layout: ID TECH SREDKey 2 Integration Manual 80172501-001, p. 27.
 */
export function parseKeyedOriginal(data: Uint8Array): ParsedFrame {
  const fields = new FieldReader(data)
  fields.byte() // card encode type
  if (fields.take(4).some((byte) => byte !== 0)) throw new Refused('structure')
  const status = fields.byte()
  if ((status & 0xf0) !== 0) throw new Refused('structure')
  if ((status & 0b1000) !== 0) throw new Refused('session-id')
  const clearLength = fields.byte()
  if (clearLength === 0) throw new Refused('not-encrypted')
  const cipherLength = inBlocks(clearLength, 8)
  if (cipherLength > MAX_CIPHERTEXT_BYTES) throw new Refused('structure')
  fields.take(cipherLength)
  fields.take(HASH_BYTES)
  const expiry = (status & 0b100) !== 0 ? sized(fields, EXPIRY_DIGITS) : null
  const address = (status & 0b010) !== 0 ? sized(fields, MAX_ADDRESS) : ''
  const postalCode = (status & 0b001) !== 0 ? sized(fields, MAX_POSTAL_CODE) : ''
  refuseClearDigits([address, postalCode])
  if (expiry !== null && !/^\d{4}$/.test(expiry)) throw new Refused('structure')
  const ksn = hex(fields.take(KSN_BYTES))
  fields.end()
  // The frame does not tell its cipher: it is a setting of the device, TDES as delivered.
  return { format: '85', masked: null, expiryYYMM: expiry, serial: null, ksn, cipher: 'TDES-CBC' }
}

/** A field with its own length byte in front. */
function sized(fields: FieldReader, maxLength: number): string {
  const length = fields.byte()
  if (length > maxLength) throw new Refused('structure')
  return fields.text(length)
}
