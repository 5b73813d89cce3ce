import { tmpdir } from 'node:os'
import { z } from 'zod'
import {
  applyBulk,
  bulkDetail,
  undoBulk,
} from '../../src/main/features/subscription-bulk/subscription-bulk.service'
import { openDatabase, type DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { bulkWorld } from './bulk-world'

/** A desk without windows that works on a 一括変更, and kills itself in the middle of it as a power cut would. */
const Task = z.object({
  config: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('sqlite'), path: z.string() }),
    z.object({ kind: z.literal('postgres'), url: z.string() }),
  ]),
  admin: z.object({ id: z.string(), name: z.string(), shop: z.object({ id: z.string(), name: z.string() }) }),
  now: z.number(),
  bulkId: z.string(),
  /** Which way it goes; begun by the first child that lives to, gone on with by the others. */
  way: z.enum(['apply', 'undo']),
  /** Kills itself so many ms after this batch was sent; 0: never. */
  killAtBatch: z.int(),
  killAfterMs: z.number(),
})
const { config, admin, now, bulkId, way, killAtBatch, killAfterMs } = Task.parse(
  JSON.parse(process.argv[2] ?? ''),
)

const clock = manualClock(now)
const opened = await openDatabase(config, { clock })
let sent = 0
const database: DeskDatabase = {
  ...opened,
  batch(statements) {
    const answered = opened.batch(statements)
    if (++sent === killAtBatch) setTimeout(() => process.kill(process.pid, 'SIGKILL'), killAfterMs)
    return answered
  },
}
const place = { config, drop: async () => undefined }
const world = bulkWorld({ database, place, admin, clock, folder: tmpdir() })
const { state } = await bulkDetail(world.deps, bulkId)
if (way === 'apply' && state === 'previewed') await applyBulk(world.deps, world.session, bulkId)
else if (way === 'undo' && state === 'done') await undoBulk(world.deps, world.session, bulkId)
else await world.frame.resume()
const ended = (await bulkDetail(world.deps, bulkId)).state
const isOver = ended === (way === 'apply' ? 'done' : 'undone')
const said = isOver ? 'done' : await world.halted(bulkId)
await world.frame.close()
await opened.close()
process.stdout.write(JSON.stringify(said))
process.exit(0)
