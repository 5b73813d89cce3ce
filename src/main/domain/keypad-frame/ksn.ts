const COUNTER_BITS = 21
const COUNTER_MASK = 2 ** COUNTER_BITS - 1

/**
 * Splits a KSN (ANSI X9.24-1: 59 bits name key set and device, 21 bits count, big-endian) given as 20 hex
 * digits. `keySet` is the first eight bytes in hex with the counter bits cleared.
 */
export function splitKsn(ksn: string): { keySet: string; counter: number } {
  const counter = Number.parseInt(ksn.slice(-6), 16) & COUNTER_MASK
  const eighthByte = Number.parseInt(ksn.slice(14, 16), 16) & 0xe0
  return { keySet: ksn.slice(0, 14) + eighthByte.toString(16).padStart(2, '0').toUpperCase(), counter }
}
