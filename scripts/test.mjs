// @ts-check
/** Every gate, on a machine that may have nothing but Node. */
import { DESK, ensureSetup } from './lib/setup.mjs'

await ensureSetup({ want: [...DESK, 'postgres'] })
const { conclude, format, lint, playwrightGates, runGates, scriptGate, types, vitestGate } =
  await import('./lib/gates.mjs')
const { ensureBuilt } = await import('./lib/build.mjs')
const { electronEnv } = await import('./lib/electron.mjs')
const { busEnv, withDisplays } = await import('./lib/display.mjs')
const { startPostgres } = await import('./lib/postgres.mjs')

/** The databases and services, then what is left of the desks, when a second one has a display. */
function* behind(/** @type {Iterable<import('./lib/gates.mjs').Gate>} */ desks) {
  yield vitestGate('integration', { UKETSUKE_TEST_PG_URL: postgres.url })
  if (displays.envs.length > 1) yield* desks
}

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
  const env = { ...electronEnv(), ...busEnv(), UKETSUKE_TEST_PG_URL: postgres.url, UKETSUKE_PICTURES: 'off' }
  const desks = playwrightGates(env, displays.envs)[Symbol.iterator]()
  // Never more than two at once: what is timed on a screen is timed on two cores.
  const real = await runGates([desks, behind(desks)])
  conclude({
    passed: quick.passed + machine.passed + real.passed,
    failed: quick.failed + machine.failed + real.failed,
    skipped: [...quick.skipped, ...machine.skipped, ...real.skipped],
  })
} finally {
  displays.stop()
  postgres.stop()
}
