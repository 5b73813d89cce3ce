/** Pseudo-random numbers that a seed repeats exactly (splitmix32). */
export interface Random {
  /** Whole number from 0 to `below` - 1. */
  int(below: number): number
  /** True once in `times` on average. */
  once(times: number): boolean
  pick<T>(from: readonly T[]): T
  bytes(count: number): Uint8Array<ArrayBuffer>
}

export function randomFrom(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
  const int = (below: number) => next() % below
  return {
    int,
    once: (times) => int(times) === 0,
    pick: (from) => {
      const chosen = from[int(from.length)]
      if (chosen === undefined) throw new Error('nothing to pick from')
      return chosen
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => next() & 0xff),
  }
}
