import { join } from 'node:path'
import type { BulkChange, BulkWish } from '../../src/contract/subscription-bulk'
import type { DeskEvent } from '../../src/contract/system'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { jobFrame } from '../../src/main/jobs/job-frame'
import type { JobRunner } from '../../src/main/jobs/job-kind'
import { subscriptionBulkRunner } from '../../src/main/jobs/subscription-bulk/bulk-job'
import type { Clock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { silentLog } from '../../src/main/platform/log'
import { saveFileWith } from '../../src/main/platform/save-file'
import type { DatabasePlace } from './databases'
import { sessionAs, type SampleAdmin } from './seeded'
import { subscriptionDeps } from './subscription-world'

export const ANY: BulkWish['filter'] = {
  states: ['active', 'paused', 'payment-stopped'],
  turnFrom: null,
  turnTo: null,
  nextFrom: null,
  nextTo: null,
  currentPrice: null,
}

export const wishOf = (change: BulkChange, more: Partial<BulkWish> = {}): BulkWish => ({
  change,
  filter: ANY,
  fromDate: null,
  keepsMinimum: true,
  reason: '原材料の値上がり',
  ...more,
})

/** Leaves no contract in a database. */
export async function withoutContracts({ db }: DeskDatabase): Promise<void> {
  for (const table of [
    'subscription_event',
    'subscription_cycle',
    'subscription_turn_change',
    'subscription_price_step',
    'subscription_item',
    'subscription',
  ] as const)
    await db.deleteFrom(table).execute()
}

interface Ground {
  readonly database: DeskDatabase
  readonly place: DatabasePlace
  readonly admin: SampleAdmin
  readonly clock: Clock
  /** Where files are saved, as `saved.csv`. */
  readonly folder: string
}

/** A desk that does 一括変更. `stopAtBatch`: it is closed in the middle, as by an end of the program. */
export function bulkWorld({ database, place, admin, clock, folder }: Ground, stopAtBatch = 0) {
  let sent = 0
  const events = new Emitter<DeskEvent>()
  const watched: DeskDatabase = {
    ...database,
    async batch(statements) {
      const results = await database.batch(statements)
      if (++sent === stopAtBatch) void frame.close()
      return results
    },
  }
  const checkout = subscriptionDeps(watched, clock)
  const unused: JobRunner = { lane: 'read', run: async () => 'done' }
  const frame = jobFrame({
    database: watched,
    config: place.config,
    clock,
    log: silentLog,
    events,
    owner: 'this-pc',
    runners: {
      'customer-import': unused,
      'customer-undo': unused,
      'subscription-run': unused,
      'subscription-import': unused,
      'subscription-bulk': subscriptionBulkRunner(() => checkout),
    },
  })
  const deps = { checkout, jobs: frame, saveFile: saveFileWith(async () => join(folder, 'saved.csv')) }
  /** How the last work of a 一括変更 came to its end. */
  const halted = (id: string) =>
    new Promise<string>((resolve) => {
      const look = () => {
        const job = frame.live().findLast(({ subjectId }) => subjectId === id)
        if (!job || !['done', 'cancelled', 'failed'].includes(job.state)) return
        off()
        resolve(job.state)
      }
      const off = events.on(look)
      look()
    })
  return { deps, frame, halted, session: sessionAs(admin, 'admin') }
}
export type BulkDesk = ReturnType<typeof bulkWorld>
