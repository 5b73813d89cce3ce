import { readDelivery } from '../../checkout/delivery'
import type { DeskDatabase } from '../../db/open-database'
import { businessDate } from '../../domain/calendar/tokyo'
import type { InsightState } from '../../../contract/subscription-insights'
import type { Clock } from '../../platform/clock'
import type { Log } from '../../platform/log'
import { reckon, type ClosedDayWay, type Insights } from './reckoning'
import { changeMark } from './subscription-insights.repository'

export interface InsightsDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly log: Pick<Log, 'error'>
  /** 設定 > 定期: where a ship date on a closed day goes. */
  readonly closedDayWay: () => Promise<ClosedDayWay>
}

/** So long (ms) nothing is asked of the database whether anything has changed. */
const FRESH_MS = 3_000
/** A reckoning that broke off is tried again so much later (ms). */
const AGAIN_MS = 30_000

interface Kept {
  readonly insights: Insights
  readonly mark: string
  readonly reckonedAt: number
}

/**
 * The figures of one database, reckoned beside the calls and kept until something changes. Whoever asks gets what is
 * there, with how far a newer reckoning has come.
 */
export class InsightsKeeper {
  #kept: Kept | null = null
  #checkedAt = -Infinity
  #failedAt: number | null = null
  #progress: { done: number; total: number } | null = null
  #run: Promise<void> = Promise.resolve()
  #checking: Promise<void> | null = null

  /** What is known now; starts a reckoning when that is not up to date. */
  async look(deps: InsightsDeps): Promise<{ state: InsightState; insights: Insights | null }> {
    // Who comes while it is found out whether anything has changed waits for the same answer.
    this.#checking ??= this.#check(deps).finally(() => {
      this.#checking = null
    })
    await this.#checking
    const progress = this.#progress ?? { done: 0, total: 0 }
    return {
      state: {
        ...progress,
        running: this.#progress !== null,
        failed: this.#failedAt !== null && this.#progress === null,
        reckonedAt: this.#kept?.reckonedAt ?? null,
      },
      insights: this.#kept?.insights ?? null,
    }
  }

  /** Resolves when no reckoning runs any more. */
  settled(): Promise<void> {
    return this.#run
  }

  async #check(deps: InsightsDeps): Promise<void> {
    const now = deps.clock.now()
    if (this.#progress !== null || now - this.#checkedAt < FRESH_MS) return
    if (this.#failedAt !== null && now - this.#failedAt < AGAIN_MS) return
    this.#checkedAt = now
    const [{ mark, contracts }, delivery, prefer] = await Promise.all([
      changeMark(deps.database.db),
      readDelivery(deps.database),
      deps.closedDayWay(),
    ])
    const today = businessDate(now)
    const { calendar, leadDays, remoteAreas } = delivery.rules
    const special = [...calendar.specialDays]
    const whole = JSON.stringify([mark, today, prefer, { ...calendar, special }, [...leadDays], remoteAreas])
    if (whole === this.#kept?.mark) return
    this.#progress = { done: 0, total: contracts }
    this.#run = this.#reckon(deps, { today, prefer, mark: whole, total: contracts })
  }

  async #reckon(
    deps: InsightsDeps,
    { today, prefer, mark, total }: { today: string; prefer: ClosedDayWay; mark: string; total: number },
  ): Promise<void> {
    try {
      const insights = await reckon({
        database: deps.database,
        today,
        prefer,
        ticks: () => performance.now(),
        progress: (done) => {
          this.#progress = { done: Math.min(done, total), total }
        },
      })
      this.#kept = { insights, mark, reckonedAt: deps.clock.now() }
      this.#failedAt = null
    } catch (error) {
      // Also when the desk closes its database meanwhile: the next one reckons anew.
      this.#failedAt = deps.clock.now()
      deps.log.error({ err: error }, 'reckoning of subscriptions broke off')
    } finally {
      this.#progress = null
    }
  }
}

const keepers = new WeakMap<DeskDatabase, InsightsKeeper>()

/** The keeper of a database; it goes with it. */
export function keeperOf(database: DeskDatabase): InsightsKeeper {
  const known = keepers.get(database)
  if (known) return known
  const made = new InsightsKeeper()
  keepers.set(database, made)
  return made
}
