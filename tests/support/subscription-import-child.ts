import { z } from 'zod'
import { manualClock } from '../../src/main/platform/clock'
import { writeImport } from '../../src/main/features/subscription-imports/subscription-imports.service'
import { openContractImports } from './subscription-import-world'

/** A desk without windows that imports contracts, and kills itself in the middle of it as a power cut would. */
const Task = z.object({
  config: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('sqlite'), path: z.string() }),
    z.object({ kind: z.literal('postgres'), url: z.string() }),
  ]),
  admin: z.object({ id: z.string(), name: z.string(), shop: z.object({ id: z.string(), name: z.string() }) }),
  now: z.int(),
  /** Null: goes on with what is there. */
  file: z.string().nullable(),
  /** Kills itself when this batch has been sent; 0: never. */
  killAtBatch: z.int(),
})
const task = Task.parse(JSON.parse(process.argv[2] ?? ''))

const world = await openContractImports(task.config, {
  clock: manualClock(task.now),
  admin: task.admin,
  onBatch: (count) => {
    if (count === task.killAtBatch) setImmediate(() => process.kill(process.pid, 'SIGKILL'))
  },
})
const { db } = world.database
if (task.file !== null) await world.check(task.file)
else await world.frame.resume()
const { id } = await db.selectFrom('subscription_import').select('id').executeTakeFirstOrThrow()
const stateOf = async () =>
  (await db.selectFrom('subscription_import').select('state').where('id', '=', id).executeTakeFirstOrThrow())
    .state
for (let state = await stateOf(); state !== 'visible'; state = await stateOf()) {
  if (state === 'checked') await writeImport(world.deps, world.session, id)
  await world.halted(id)
}
await world.frame.close()
await world.database.close()
process.stdout.write(JSON.stringify({ importId: id }))
process.exit(0)
