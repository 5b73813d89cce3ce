/** From when to when a contract went on; all dates are plain dates of business. */
export interface ContractLife {
  readonly startedOn: string
  readonly endedOn: string | null
  /** How it ended; null while it goes on. */
  readonly end: 'cancelled' | 'finished' | null
  readonly reason: string | null
}

export interface LivesOfMonth {
  readonly month: string
  readonly atStart: number
  readonly started: number
  readonly cancelled: number
  readonly finished: number
  readonly atEnd: number
  readonly churn: number | null
  readonly reasons: readonly { readonly reason: string; readonly count: number }[]
}

export interface CohortLives {
  readonly month: string
  readonly started: number
  readonly left: readonly number[]
}

interface Cell {
  readonly start: string
  readonly end: string | null
  readonly kind: ContractLife['end']
  readonly reason: string | null
  count: number
}

const monthOfDate = (date: string): string => date.slice(0, 7)
const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

/** A month some months later or, with a negative number, earlier. */
export function addMonths(month: string, months: number): string {
  const sum = numberOf(month) + months
  return `${String(Math.floor(sum / 12)).padStart(4, '0')}-${String((sum % 12) + 1).padStart(2, '0')}`
}

/** The months up to this one, it included, the oldest first. */
export const monthsUntil = (last: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => addMonths(last, at - count + 1))

/** What has no reason on record. */
export const NO_REASON = 'none'

/**
 * Contracts counted by the months of their start and end: 100,000 of them are a few thousand cells, of which every
 * figure of every month is a sum.
 */
export class ContractLives {
  readonly #cells = new Map<string, Cell>()

  add(life: ContractLife): void {
    const start = monthOfDate(life.startedOn)
    // What ended before it began, by a date set back, ended in the month of its start.
    const ended = life.endedOn === null ? null : monthOfDate(life.endedOn)
    const end = ended !== null && ended < start ? start : ended
    const key = [start, end, life.end, life.reason].join('|')
    const cell = this.#cells.get(key)
    if (cell) cell.count += 1
    else this.#cells.set(key, { start, end, kind: life.end, reason: life.reason, count: 1 })
  }

  month(month: string): LivesOfMonth {
    const sum = (fits: (cell: Cell) => boolean): number => {
      let total = 0
      for (const cell of this.#cells.values()) if (fits(cell)) total += cell.count
      return total
    }
    const atStart = sum(({ start, end }) => start < month && (end === null || end >= month))
    const cancelled = sum(({ kind, end }) => kind === 'cancelled' && end === month)
    return {
      month,
      atStart,
      started: sum(({ start }) => start === month),
      cancelled,
      finished: sum(({ kind, end }) => kind === 'finished' && end === month),
      atEnd: sum(({ start, end }) => start <= month && (end === null || end > month)),
      churn: atStart === 0 ? null : cancelled / atStart,
      reasons: this.#reasons(month),
    }
  }

  #reasons(month: string): { reason: string; count: number }[] {
    const counts = new Map<string, number>()
    for (const { kind, end, reason, count } of this.#cells.values()) {
      if (kind !== 'cancelled' || end !== month) continue
      const name = reason ?? NO_REASON
      counts.set(name, (counts.get(name) ?? 0) + count)
    }
    return [...counts]
      .map(([reason, count]) => ({ reason, count }))
      .toSorted((one, other) => other.count - one.count || (one.reason < other.reason ? -1 : 1))
  }

  /**
   * Cohorts of these months: `left[k]` of those that began went on at the end of the k-th month behind the start.
   * A month that is not over says nothing yet: `running` and later ones are left out.
   */
  cohorts(months: readonly string[], running: string): CohortLives[] {
    return months.flatMap((month) => {
      const cells = [...this.#cells.values()].filter(({ start }) => start === month)
      const started = cells.reduce((sum, { count }) => sum + count, 0)
      if (started === 0) return []
      const left: number[] = []
      for (let end = month; end < running; end = addMonths(end, 1)) {
        left.push(
          cells.reduce((sum, cell) => sum + (cell.end === null || cell.end > end ? cell.count : 0), 0),
        )
      }
      return [{ month, started, left }]
    })
  }
}
