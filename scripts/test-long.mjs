// @ts-check
/** What takes too long for every change: big fuzz runs and long clocks. */
import { DESK, ensureSetup } from './lib/setup.mjs'

await ensureSetup({ want: [...DESK, 'postgres'] })
const { conclude, runGates, vitestGate } = await import('./lib/gates.mjs')
const { startPostgres } = await import('./lib/postgres.mjs')

const postgres = await startPostgres()
try {
  conclude(await runGates([[vitestGate('long', { UKETSUKE_TEST_PG_URL: postgres.url })]]))
} finally {
  postgres.stop()
}
