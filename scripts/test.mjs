// @ts-check
/** Every gate, on a machine that may have nothing but Node. */
import { DESK, ensureSetup } from './lib/setup.mjs'

await ensureSetup({ want: [...DESK, 'postgres'] })
const { conclude, format, lint, playwrightGate, runGates, scriptGate, types, vitestGate } =
  await import('./lib/gates.mjs')
const { ensureBuilt } = await import('./lib/build.mjs')
const { electronEnv } = await import('./lib/electron.mjs')
const { busEnv, withDisplays } = await import('./lib/display.mjs')
const { startPostgres } = await import('./lib/postgres.mjs')

await ensureBuilt()
const postgres = await startPostgres()
const displays = await withDisplays(2)
try {
  const quick = await runGates([
    [types(), lint(), format()],
    [
      vitestGate('unit'),
      vitestGate('architecture'),
      vitestGate('scripts', electronEnv()),
      vitestGate('property', { UKETSUKE_TEST_PG_URL: postgres.url }),
    ],
  ])
  const machine = await runGates([[scriptGate('hid', 'test-hid.mjs')]])
  const real = await runGates([
    [vitestGate('integration', { UKETSUKE_TEST_PG_URL: postgres.url })],
    [
      playwrightGate({
        ...electronEnv(),
        ...displays.env,
        ...busEnv(),
        UKETSUKE_TEST_PG_URL: postgres.url,
        UKETSUKE_PICTURES: 'off',
      }),
    ],
  ])
  conclude({
    passed: quick.passed + machine.passed + real.passed,
    failed: quick.failed + machine.failed + real.failed,
    skipped: [...quick.skipped, ...machine.skipped, ...real.skipped],
  })
} finally {
  displays.stop()
  postgres.stop()
}
