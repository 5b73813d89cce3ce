import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newRun } from '../../src/main/checkout/subscription-turn-runs'
import type { CheckoutDeps } from '../../src/main/checkout/deps'
import { runSubscriptions } from '../../src/main/jobs/subscription-run/run'
import { manualClock } from '../../src/main/platform/clock'
import { newId } from '../../src/main/platform/ids'
import { startAcquirer } from '../support/acquirer'
import { forEachDatabase } from '../support/databases'
import { auditOf, openTurnsWorld, UNWATCHED } from '../support/turns-world'

const TODAY = '2026-11-28'
const CONTRACTS = 60

/** Holds whoever comes until both have come. */
function meeting(): () => Promise<void> {
  const waiting: (() => void)[] = []
  return () =>
    new Promise((go) => {
      waiting.push(go)
      if (waiting.length === 2) for (const on of waiting) on()
    })
}

/** The same desk, but its first batch waits until the other seat has read the same contracts. */
function heldBeforeWriting(deps: CheckoutDeps, meet: () => Promise<void>): CheckoutDeps {
  let first = true
  const { database } = deps
  const batch: typeof database.batch = async (statements) => {
    if (first) {
      first = false
      await meet()
    }
    return database.batch(statements)
  }
  return { ...deps, database: { ...database, batch } }
}

forEachDatabase('two seats run 定期 at once', (openPlace) => {
  it('both have read the same contracts before either writes: every turn is made and charged once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'uketsuke-run-seats-'))
    const acquirer = await startAcquirer(join(folder, 'acquirer'))
    const place = await openPlace()
    const clock = manualClock(Date.parse(`${TODAY}T10:00:00+09:00`))
    const one = await openTurnsWorld(place.config, acquirer.service(), { clock })
    const other = await openTurnsWorld(place.config, acquirer.service(), { clock })
    try {
      const ids = await one.contracts(CONTRACTS, { card_id: await one.card() })
      const { db } = one.deps.database
      const meet = meeting()
      const runs = [newId(), newId()]
      for (const id of runs) {
        const run = newRun({ id, date: TODAY, startedBy: null, seat: id, jobId: null, now: clock.now() })
        await db.insertInto('subscription_run').values(run).execute()
      }
      const ends = await Promise.all(
        [one, other].map(({ deps }, seat) =>
          runSubscriptions(heldBeforeWriting(deps, meet), runs[seat] ?? '', UNWATCHED),
        ),
      )
      expect(ends).toEqual(['done', 'done'])
      const due = ids.map((subscriptionId) => ({ subscriptionId, turn: 1 }))
      expect(await auditOf(one, acquirer, due)).toEqual([])
      const rows = await db.selectFrom('subscription_run').select(['ordered', 'authorized']).execute()
      expect(rows.reduce((sum, { ordered }) => sum + ordered, 0)).toBe(CONTRACTS)
      expect(rows.reduce((sum, { authorized }) => sum + authorized, 0)).toBe(CONTRACTS)
    } finally {
      await one.close()
      await other.close()
      await acquirer.stop()
      await place.drop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
