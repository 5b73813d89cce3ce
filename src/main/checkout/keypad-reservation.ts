import type {
  KeypadClaim,
  KeypadHolder,
  KeypadPort,
  KeypadReading,
  KeypadTrouble,
} from '../devices/keypad.port'

type Claimed = Awaited<ReturnType<KeypadPort['claim']>>

/** A claim that outlives the card entries made under it. What is keyed between two entries is wiped. */
interface Reservation {
  readonly claim: KeypadClaim
  readonly facts: Extract<Claimed, { kind: 'claimed' }>['facts']
  readonly timer: NodeJS.Timeout
  taker: Taker | null
}

interface Taker {
  readonly readings: ((reading: KeypadReading) => void)[]
  readonly receiving: (() => void)[]
  readonly lost: ((trouble: KeypadTrouble) => void)[]
}

/** A keypad that this seat may keep for a while: card entries of the seat go through, other seats see it in use. */
export interface ReservableKeypad extends KeypadPort {
  /** False when somebody else holds it or it is in trouble. A second call starts the time anew. */
  reserve(holder: KeypadHolder, ms: number): Promise<boolean>
  endReservation(): Promise<void>
}

export function reservable(keypad: KeypadPort): ReservableKeypad {
  let reservation: Reservation | null = null

  const end = async (): Promise<void> => {
    const ended = reservation
    reservation = null
    if (!ended) return
    clearTimeout(ended.timer)
    // An entry that is under way keeps the claim until it is done.
    if (ended.taker === null) await ended.claim.release()
  }

  const keep = (claimed: Extract<Claimed, { kind: 'claimed' }>, ms: number): void => {
    const { claim, facts } = claimed
    const kept: Reservation = { claim, facts, taker: null, timer: setTimeout(() => void end(), ms) }
    reservation = kept
    claim.onReading((reading) => {
      const takers = kept.taker?.readings ?? []
      if (takers.length === 0 && reading.kind === 'frame') return reading.frame.wipe()
      for (const taker of takers) taker(reading)
    })
    claim.onReceiving(() => {
      for (const taker of kept.taker?.receiving ?? []) taker()
    })
    claim.onLost((trouble) => {
      if (reservation === kept) reservation = null
      clearTimeout(kept.timer)
      for (const taker of kept.taker?.lost ?? []) taker(trouble)
    })
  }

  /** An entry under the reservation: its release gives the keypad back only when the reservation is over. */
  const entryOf = (kept: Reservation): KeypadClaim => {
    const taker: Taker = { readings: [], receiving: [], lost: [] }
    kept.taker = taker
    return {
      onReading: (listener) => void taker.readings.push(listener),
      onReceiving: (listener) => void taker.receiving.push(listener),
      onLost: (listener) => void taker.lost.push(listener),
      release: async () => {
        if (kept.taker !== taker) return
        kept.taker = null
        if (reservation !== kept) await kept.claim.release()
      },
    }
  }

  return {
    status: () => keypad.status(),
    place: () => keypad.place(),
    watch: (listener) => keypad.watch(listener),
    async claim(holder) {
      if (reservation === null) return keypad.claim(holder)
      if (reservation.taker !== null) return { kind: 'in-use', holder }
      return { kind: 'claimed', claim: entryOf(reservation), facts: reservation.facts }
    },
    async reserve(holder, ms) {
      await end()
      const claimed = await keypad.claim(holder)
      if (claimed.kind !== 'claimed') return false
      keep(claimed, ms)
      return true
    },
    endReservation: end,
    async close() {
      await end()
      await keypad.close()
    },
  }
}
