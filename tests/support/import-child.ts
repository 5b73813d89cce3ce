import { z } from 'zod'
import { openImportWorld } from './import-world'

/** A desk without windows that imports a file, and kills itself in the middle of it as a power cut would. */
const Task = z.object({
  config: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('sqlite'), path: z.string() }),
    z.object({ kind: z.literal('postgres'), url: z.string() }),
  ]),
  /** Null: goes on with what is there. */
  file: z.string().nullable(),
  broken: z.enum(['skip', 'ask']),
  /** Kills itself so many ms after this batch was sent; 0: never. */
  killAtBatch: z.int(),
  killAfterMs: z.number(),
})
const task = Task.parse(JSON.parse(process.argv[2] ?? ''))

const world = await openImportWorld(task.config, {
  onBatch: (count) => {
    if (count === task.killAtBatch) setTimeout(() => process.kill(process.pid, 'SIGKILL'), task.killAfterMs)
  },
})
if (task.file !== null) await world.start(task.file, { choices: { broken: task.broken } })
else await world.frame.resume()
const { id } = await world.database.db.selectFrom('customer_import').select('id').executeTakeFirstOrThrow()
const job = await world.halted(id)
await world.close()
process.stdout.write(`${JSON.stringify({ importId: id, state: job.state })}\n`)
process.exit(0)
