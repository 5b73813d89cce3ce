import type {
  KeypadClaim,
  KeypadHolder,
  KeypadPort,
  KeypadReading,
  KeypadStatus,
  KeypadTrouble,
  KsnMemory,
} from '../../src/main/devices/keypad.port'

/** What a claim told, as words in order, and a way to wait for the next ones. */
export interface ClaimLog {
  readonly words: readonly string[]
  readonly readings: readonly KeypadReading[]
  /** Resolves when so many readings and losses have come. */
  until(count: number): Promise<readonly string[]>
  /** Resolves when so many frames have begun to come. */
  receiving(count?: number): Promise<void>
}

const word = (reading: KeypadReading): string =>
  reading.kind === 'frame' ? `frame ${reading.frame.facts.format}` : reading.reason

export function logClaim(claim: KeypadClaim): ClaimLog {
  const words: string[] = []
  const readings: KeypadReading[] = []
  let checks: (() => void)[] = []
  let begun = 0
  const add = (text: string) => {
    words.push(text)
    for (const check of checks) check()
  }
  const when = (reached: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!reached()) return
        checks = checks.filter((other) => other !== check)
        resolve()
      }
      checks.push(check)
      check()
    })
  claim.onReading((reading) => {
    readings.push(reading)
    add(word(reading))
  })
  claim.onReceiving(() => {
    begun += 1
    for (const check of checks) check()
  })
  claim.onLost((trouble: KeypadTrouble) => add(`lost ${trouble}`))
  return {
    words,
    readings,
    receiving: (count = 1) => when(() => begun >= count),
    until: async (count) => {
      await when(() => words.length >= count)
      return words
    },
  }
}

/** Claims, or fails with what came instead. */
export async function claimOrFail(port: KeypadPort, holder: KeypadHolder): Promise<KeypadClaim> {
  const result = await port.claim(holder)
  if (result.kind !== 'claimed') throw new Error(`not claimed: ${JSON.stringify(result)}`)
  return result.claim
}

/** Resolves with the first status that is wanted, the present one included. */
export async function statusUntil(
  port: KeypadPort,
  wanted: (status: KeypadStatus) => boolean,
): Promise<KeypadStatus> {
  let off: () => void = () => undefined
  const changed = new Promise<KeypadStatus>((resolve) => {
    off = port.watch((status) => {
      if (wanted(status)) resolve(status)
    })
  })
  const now = await port.status()
  const result = wanted(now) ? now : await changed
  off()
  return result
}

/** KSN counters in memory. */
export function ksnMemory(): KsnMemory & { readonly stored: ReadonlyMap<string, number> } {
  const stored = new Map<string, number>()
  return {
    stored,
    lastCounter: (keySet) => stored.get(keySet) ?? null,
    remember: async (keySet, counter) => {
      stored.set(keySet, counter)
    },
  }
}
