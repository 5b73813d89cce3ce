// @ts-check
/**
 * `npm run bench`: a line of JSON for each measurement, beside its bare reference of the same run. Names given to it
 * (`npm run bench search start`) run these alone.
 */
import { join } from 'node:path'
import { ROOT } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { DESK, ensureSetup } from './lib/setup.mjs'

await ensureSetup({ want: DESK })
const { ensureBuilt } = await import('./lib/build.mjs')
await ensureBuilt()
/** Benches by the name on the command line; those that build a base of a million rows first run only when named. */
const BENCHES = {
  'order-commit': 'order-commit',
  authorization: 'authorization',
  'card-entry': 'card-entry',
  'keypad-receiver': 'keypad-receiver',
  'keypad-monitor': 'keypad-monitor',
  search: 'customer-search',
  'repeat-order': 'repeat-order',
  'order-list': 'order-list',
  'customer-import': 'customer-import',
  'import-frames': 'import-frames',
  'subscription-run': 'subscription-run',
  'subscription-bulk': 'subscription-bulk',
  'subscription-list': 'subscription-list',
  'subscription-insights': 'subscription-insights',
}
const NAMED_ONLY = new Set([
  'search',
  'repeat-order',
  'order-list',
  'customer-import',
  'import-frames',
  'subscription-run',
  'subscription-bulk',
  'subscription-list',
  'subscription-insights',
])
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in BENCHES) && name !== 'start')
if (unknown.length > 0) {
  process.stderr.write(
    `unknown: ${unknown.join(', ')}; known: ${[...Object.keys(BENCHES), 'start'].join(', ')}\n`,
  )
  process.exit(2)
}
const wanted = (/** @type {string} */ name) =>
  asked.length === 0 ? !NAMED_ONLY.has(name) : asked.includes(name)
for (const [key, name] of Object.entries(BENCHES)) {
  if (!wanted(key)) continue
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
if (wanted('start')) {
  const { measureStart } = await import('./lib/bench-start.mjs')
  await measureStart()
}
