/** Counters of more one-bits than this are skipped (ANSI X9.24-1, 5.4.1). */
const MOST_ONES = 10
const COUNTER_BITS = 21

/** Ways to choose `chosen` of `from`. */
function ways(from: number, chosen: number): number {
  let result = 1
  for (let step = 1; step <= chosen; step++) result = (result * (from - chosen + step)) / step
  return result
}

/** Numbers below 2^bits with at most `ones` one-bits. */
function sparse(bits: number, ones: number): number {
  let sum = 0
  for (let count = 0; count <= Math.min(ones, bits); count++) sum += ways(bits, count)
  return Math.round(sum)
}

/** Encryptions of one DUKPT key: every counter but 0 with at most ten one-bits; 1,048,575 of them. */
export const USES_OF_A_KEY = sparse(COUNTER_BITS, MOST_ONES) - 1

/** Encryptions that a key has left after this counter was used. */
export function usesLeft(counter: number): number {
  let used = 0
  let ones = 0
  for (let bit = COUNTER_BITS - 1; bit >= 0 && ones <= MOST_ONES; bit--) {
    if (Math.floor(counter / 2 ** bit) % 2 === 0) continue
    used += sparse(bit, MOST_ONES - ones)
    ones += 1
  }
  const own = ones <= MOST_ONES ? 1 : 0
  return Math.max(0, USES_OF_A_KEY + 1 - used - own)
}
