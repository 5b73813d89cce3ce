import { createHmac, timingSafeEqual } from 'node:crypto'

export interface ProofInput {
  readonly code: string
  /** Base64, as they came over the wire. */
  readonly relayNonce: string
  readonly deskNonce: string
  /** SHA-256 of the relay's certificate in hex, null without TLS. */
  readonly fingerprint256: string | null
}

/** A pairing code as it counts: without blanks and hyphens, upper case. */
export const normalPairingCode = (code: string): string => code.replaceAll(/[\s-]/g, '').toUpperCase()

/** Proof that a side knows the pairing code, bound to this connection and to the relay's certificate. Base64. */
export function pairingProof(side: 'desk' | 'relay', input: ProofInput): string {
  return createHmac('sha256', normalPairingCode(input.code))
    .update(`uketsuke-relay 1 ${side}\n`)
    .update(Buffer.from(input.relayNonce, 'base64'))
    .update(Buffer.from(input.deskNonce, 'base64'))
    .update(Buffer.from(input.fingerprint256 ?? '', 'hex'))
    .digest('base64')
}

/** Compares in constant time. */
export function sameProof(expected: string, given: string | null): boolean {
  const [a, b] = [Buffer.from(expected, 'base64'), Buffer.from(given ?? '', 'base64')]
  return a.length === b.length && timingSafeEqual(a, b)
}
