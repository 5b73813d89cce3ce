import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  applyBulk,
  bulkDetail,
  previewBulk,
  undoBulk,
} from '../src/main/features/subscription-bulk/subscription-bulk.service'
import type { DeskDatabase } from '../src/main/db/open-database'
import { manualClock } from '../src/main/platform/clock'
import { bulkWorld, wishOf, withoutContracts } from '../tests/support/bulk-world'
import { openSeeded } from '../tests/support/seeded'
import {
  contractRow,
  insertContracts,
  insertItems,
  openEveryDay,
  owners,
} from '../tests/support/subscription-rows'
import { pinger } from './ping'
import { openBare, recording, replayOn, type Batch } from './replay'
import { stats } from './stats'

/**
 * A 一括変更 (価格改定 from a day on) of contracts: looked at, carried out, and taken back, against a bare loop that runs the
 * same statements with the same values, prepared beforehand, in the same transactions on a copy of the same file. A call
 * is sent to main over its port every 20 ms. UKETSUKE_BENCH_ROWS: contracts, 10,000 without it.
 */
const CONTRACTS = Number(process.env['UKETSUKE_BENCH_ROWS'] ?? 10_000)
/** Contracts that the reference does again: the first ones of each phase. */
const REPLAYED = Math.min(CONTRACTS, 10_000)
/** Everything is run again: the reference must change what the desk changed. */
const isWhole = REPLAYED === CONTRACTS
const TODAY = '2026-11-28'
const PHASES = ['preview', 'apply', 'undo'] as const
type Phase = (typeof PHASES)[number]

interface Recorded {
  readonly batches: Batch[]
  contracts: number
  commits: number
}

/** Contracts that a batch has moved: a line of history each, or a row of the preview. */
const contractsIn = (batch: Batch): number =>
  batch.reduce(
    (sum, { sql, runs }) =>
      /^insert into (subscription_event|subscription_bulk_row)\b/.test(sql) ? sum + runs.length : sum,
    0,
  )

async function plant(database: DeskDatabase, owner: Awaited<ReturnType<typeof owners>>): Promise<void> {
  const rows = Array.from({ length: CONTRACTS }, (_, at) =>
    contractRow(owner, {
      number: 900_001 + at,
      rule: JSON.stringify({ kind: 'months', every: 1, day: 1 + (at % 28) }),
      anchor: `2026-12-${String(1 + (at % 28)).padStart(2, '0')}`,
      payment_method: 'cod',
    }),
  )
  await insertContracts(database, rows)
  const item = {
    set_no: 0,
    position: 0,
    product_id: owner.products[0]?.id ?? '',
    quantity: 1,
    unit_price: 3000,
  }
  await insertItems(
    database,
    rows.map(({ id }) => ({ ...item, subscription_id: id })),
  )
}

async function ours(folder: string) {
  const config = { kind: 'sqlite' as const, path: join(folder, 'desk.db') }
  const clock = manualClock(Date.parse(`${TODAY}T10:00:00+09:00`))
  const { database, admin } = await openSeeded(config, clock)
  await openEveryDay(database)
  await withoutContracts(database)
  const owner = await owners(database, admin)
  await plant(database, owner)
  await database.backup(join(folder, 'bare.db'))
  const empty = (): Recorded => ({ batches: [], contracts: 0, commits: 0 })
  const recorded = { preview: empty(), apply: empty(), undo: empty() }
  let phase: Phase = 'preview'
  const counted = {
    ...database,
    batch: (statements: Parameters<typeof database.batch>[0]) => {
      recorded[phase].commits++
      return database.batch(statements)
    },
  }
  const watched = recording(
    counted,
    (batch) => {
      recorded[phase].batches.push(batch)
      recorded[phase].contracts += contractsIn(batch)
    },
    () => isWhole || recorded[phase].contracts < REPLAYED,
  )
  const place = { config, drop: async () => undefined }
  const { deps, session, frame, halted } = bulkWorld({ database: watched, place, admin, clock, folder })
  const change = { kind: 'price' as const, prices: [{ productId: owner.products[0]?.id ?? '', price: 3300 }] }
  const pings = pinger(() => frame.live())
  const perSecond = { preview: 0, apply: 0, undo: 0 }
  const cpuUs = { preview: 0, apply: 0, undo: 0 }
  let id = ''
  for (phase of PHASES) {
    const from = performance.now()
    const cpu = process.cpuUsage()
    if (phase === 'preview')
      ({ id } = await previewBulk(deps, session, wishOf(change, { fromDate: '2027-01-05' })))
    else if (phase === 'apply') await applyBulk(deps, session, id)
    else await undoBulk(deps, session, id)
    const end = await halted(id)
    if (end !== 'done') throw new Error(`${phase} ended ${end}`)
    perSecond[phase] = (CONTRACTS / (performance.now() - from)) * 1000
    const { user, system } = process.cpuUsage(cpu)
    cpuUs[phase] = Math.round((user + system) / CONTRACTS)
  }
  const waits = pings.stop()
  const { counts } = await bulkDetail(deps, id)
  if (counts.undone !== CONTRACTS) throw new Error(`taken back: ${counts.undone}`)
  await frame.close()
  await database.close()
  return { perSecond, cpuUs, waits, recorded }
}

/** The same statements and commits, and nothing besides: contracts a second. */
function bare(replay: ReturnType<typeof replayOn>, { batches, contracts }: Recorded): number {
  const ready = batches.map(replay.prepare)
  const from = performance.now()
  for (const batch of ready) replay.commit(batch)
  return (contracts / (performance.now() - from)) * 1000
}

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
try {
  const { perSecond, cpuUs, waits, recorded } = await ours(folder)
  const db = openBare(join(folder, 'bare.db'), { synchronous: 'FULL', foreignKeys: true })
  const replay = replayOn(db, isWhole)
  const phases = PHASES.map((phase) => {
    const reference = bare(replay, recorded[phase])
    return {
      phase,
      contractsPerSecond: Math.round(perSecond[phase]),
      reference: Math.round(reference),
      share: Math.round((perSecond[phase] / reference) * 100) / 100,
      // Of all threads, microseconds: says something on a machine that is in use, too.
      cpuPerContract: cpuUs[phase],
      commits: recorded[phase].commits,
    }
  })
  db.close()
  const ping = stats(waits)
  const line = {
    name: `一括変更 of ${CONTRACTS} contracts`,
    from: 'each phase is asked for',
    to: 'its work has ended',
    phases,
    ping,
    goal: 'ping p99 <= 50 ms',
    met: ping.p99 <= 50,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
