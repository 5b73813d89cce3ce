import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** What both sides have seen of this connection; a proof is worth nothing for another one. */
export interface Transcript {
  /** Base64, as they came over the wire. */
  readonly relayNonce: string
  readonly deskNonce: string
  /** SHA-256 of the relay's certificate in hex, null without TLS. */
  readonly fingerprint256: string | null
}

/**
 * What a relay keeps of its pairing code. Whoever reads it can neither tell the code nor act as a desk: the
 * scheme is that of SCRAM (RFC 5802), without iterations, because the code is long and random.
 */
export interface PairingVerifier {
  readonly storedKey: Buffer
  readonly relayKey: Buffer
}

/** A pairing code as it counts: without blanks and hyphens, upper case. */
export const normalPairingCode = (code: string): string => code.replaceAll(/[\s-]/g, '').toUpperCase()

const hmac = (key: Buffer | string, data: Buffer | string): Buffer =>
  createHmac('sha256', key).update(data).digest()
const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest()
const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)))

const deskKeyOf = (code: string): Buffer => hmac(normalPairingCode(code), 'uketsuke-relay 1 desk')

export function pairingVerifier(code: string): PairingVerifier {
  return {
    storedKey: sha256(deskKeyOf(code)),
    relayKey: hmac(normalPairingCode(code), 'uketsuke-relay 1 relay'),
  }
}

function bytesOf({ relayNonce, deskNonce, fingerprint256 }: Transcript): Buffer {
  return Buffer.concat([
    Buffer.from('uketsuke-relay 1\n'),
    Buffer.from(relayNonce, 'base64'),
    Buffer.from(deskNonce, 'base64'),
    Buffer.from(fingerprint256 ?? '', 'hex'),
  ])
}

/** The desk's proof that it knows the code. Base64. */
export function deskProof(code: string, transcript: Transcript): string {
  const deskKey = deskKeyOf(code)
  return xor(deskKey, hmac(sha256(deskKey), bytesOf(transcript))).toString('base64')
}

/** The relay's proof that it was given the code. Base64. */
export const relayProof = ({ relayKey }: PairingVerifier, transcript: Transcript): string =>
  hmac(relayKey, bytesOf(transcript)).toString('base64')

/** Whether a desk knows the code. Compares in constant time. */
export function provesDesk(given: string | null, verifier: PairingVerifier, transcript: Transcript): boolean {
  const proof = Buffer.from(given ?? '', 'base64')
  if (proof.length !== verifier.storedKey.length) return false
  const deskKey = xor(proof, hmac(verifier.storedKey, bytesOf(transcript)))
  return timingSafeEqual(sha256(deskKey), verifier.storedKey)
}

/** Compares two proofs in constant time. */
export function sameProof(expected: string, given: string | null): boolean {
  const [a, b] = [Buffer.from(expected, 'base64'), Buffer.from(given ?? '', 'base64')]
  return a.length === b.length && timingSafeEqual(a, b)
}
