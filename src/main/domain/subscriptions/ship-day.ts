import type { EpochDay } from './epoch-day'

/** Why a turn does not ship on the day that its delivery date asks for. */
export interface ShipShift {
  /** Days later; negative: earlier. */
  readonly days: number
  /**
   * `closed`: the shop is closed that day. `past`: that day is over, or the turn before ships then. `crowded`: between
   * its neighbours there is no open day, so it ships behind them.
   */
  readonly reason: 'closed' | 'past' | 'crowded'
}

export interface ShipQuestion {
  /** Delivery date minus the days on the road. */
  readonly ideal: EpochDay
  /** Today, or the day after the turn before has shipped. */
  readonly notBefore: EpochDay
  /** The ideal day of the turn behind; a shift does not reach it. */
  readonly nextIdeal: EpochDay | null
  readonly prefer: 'earlier' | 'later'
  readonly isOpen: (day: EpochDay) => boolean
}

/** A shop that is closed for longer does not ship at all: its calendar is wrong. */
const LONGEST_CLOSURE = 400

/** The shop's calendar has no open day for more than a year. */
export class NoOpenDay extends Error {
  override name = 'NoOpenDay'
}

function search(from: EpochDay, to: EpochDay, isOpen: ShipQuestion['isOpen']): EpochDay | null {
  const step = from <= to ? 1 : -1
  for (let day = from; step > 0 ? day <= to : day >= to; day += step) if (isOpen(day)) return day
  return null
}

const down = (from: EpochDay, to: EpochDay, isOpen: ShipQuestion['isOpen']): EpochDay | null =>
  from < to ? null : search(from, to, isOpen)

const up = (from: EpochDay, to: EpochDay, isOpen: ShipQuestion['isOpen']): EpochDay | null =>
  from > to ? null : search(from, to, isOpen)

/** The open day on which a turn ships. Throws NoOpenDay. */
export function shipDay(question: ShipQuestion): { day: EpochDay; shift: ShipShift | null } {
  const { ideal, notBefore, nextIdeal, prefer, isOpen } = question
  const start = Math.max(ideal, notBefore)
  const shifted = (day: EpochDay, reason: ShipShift['reason']) => ({
    day,
    shift: day === ideal ? null : { days: day - ideal, reason },
  })
  if (ideal >= notBefore && isOpen(ideal)) return shifted(ideal, 'closed')
  const last = nextIdeal === null ? start + LONGEST_CLOSURE : nextIdeal - 1
  const earlier = () => down(ideal - 1, Math.max(notBefore, ideal - LONGEST_CLOSURE), isOpen)
  const later = () => up(start, last, isOpen)
  const near = prefer === 'earlier' ? (earlier() ?? later()) : (later() ?? earlier())
  if (near !== null) return shifted(near, ideal < notBefore ? 'past' : 'closed')
  const far = up(start, start + LONGEST_CLOSURE, isOpen)
  if (far === null) throw new NoOpenDay('no open day')
  return shifted(far, 'crowded')
}
