// @ts-check
/** `npm run bench`: a line of JSON for each measurement, beside its bare reference of the same run. */
import { join } from 'node:path'
import { ROOT } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { DESK, ensureSetup } from './lib/setup.mjs'

await ensureSetup({ want: DESK })
const { ensureBuilt } = await import('./lib/build.mjs')
await ensureBuilt()
for (const name of ['order-commit', 'authorization', 'card-entry', 'keypad-receiver', 'keypad-monitor']) {
  const { code, output } = await run(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'bench', `${name}.ts`)],
    {
      cwd: ROOT,
      collect: true,
    },
  )
  process.stdout.write(output)
  if (code !== 0) process.exitCode = 1
}
const { measureStart } = await import('./lib/bench-start.mjs')
await measureStart()
