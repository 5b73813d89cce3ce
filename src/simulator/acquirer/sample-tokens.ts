import type { BookedToken } from './books'

/** Published test numbers as a service masks them. */
const MASKED = {
  visa: ['VISA', '411111******1111'],
  mastercard: ['Mastercard', '555555******4444'],
  jcb: ['JCB', '353011******0000'],
} as const

const SHAPE = /^tok_sample_(visa|mastercard|jcb)_\d{1,9}(?:_(\d{3}))?$/

const isBrand = (name: string | undefined): name is keyof typeof MASKED =>
  name !== undefined && Object.hasOwn(MASKED, name)

/**
 * Tokens of cards that the sample shop has on file although nobody has keyed them here. `tok_sample_visa_12` is good,
 * `tok_sample_visa_12_102` is always refused with 102.
 */
export function sampleToken(service: string, token: string): BookedToken | undefined {
  const [, name, code] = SHAPE.exec(token) ?? []
  if (!isBrand(name)) return undefined
  const [brand, masked] = MASKED[name]
  return { token, service, mark: token, brand, masked, expiry: '3012', fixed_code: code ?? null }
}
