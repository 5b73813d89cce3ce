/** Highest value of the 21-bit counter. */
export const MAX_COUNTER = 2 ** 21 - 1

const oneBits = (value: number): number => value.toString(2).replaceAll('0', '').length

/**
 * The counter that follows: X9.24-1 uses only values with at most ten one-bits, so that a key takes at most ten
 * steps. Null when the device has used up its keys (about 1,048,575 uses).
 */
export function nextCounter(counter: number): number | null {
  for (let next = counter + 1; next <= MAX_COUNTER; next += 1) if (oneBits(next) <= 10) return next
  return null
}

/** A KSN with its counter set. `base` is 20 hex digits, of which the last 21 bits are replaced. */
export function ksnWithCounter(base: string, counter: number): Buffer {
  const ksn = Buffer.from(base, 'hex')
  ksn.writeUIntBE((ksn.readUIntBE(7, 3) & 0xe00000) | counter, 7, 3)
  return ksn
}
