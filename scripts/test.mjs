// @ts-check
/** Every gate, on a machine that may have nothing but Node. */
import { DESK, ensureSetup } from './lib/setup.mjs'

await ensureSetup({ want: [...DESK, 'postgres'] })
const gates = await import('./lib/gates.mjs')
const { ensureBuilt } = await import('./lib/build.mjs')
const { electronEnv } = await import('./lib/electron.mjs')
const { busEnv, withDisplays } = await import('./lib/display.mjs')
const { startPostgres } = await import('./lib/postgres.mjs')

await ensureBuilt()
const postgres = await startPostgres()
const displays = await withDisplays(2)
try {
  const services = { UKETSUKE_TEST_PG_URL: postgres.url }
  const env = { ...electronEnv(), ...busEnv(), ...services, UKETSUKE_PICTURES: 'off' }
  const desks = gates.playwrightGates(env, displays.envs)[Symbol.iterator]()
  const parts = gates.vitestShards('integration', services)[Symbol.iterator]()
  const quick = [
    [gates.types(), gates.lint(), gates.format()],
    [
      gates.vitestGate('unit'),
      gates.vitestGate('architecture'),
      gates.vitestGate('scripts', electronEnv()),
      gates.vitestGate('property', services),
      gates.scriptGate('hid', 'test-hid.mjs'),
    ],
  ]
  // Desks and services wait for each other and for themselves half of their time: a third lane fills two cores. It takes
  // no desk, so that what a screen does in time has a core; the lanes with a display help it when they are through.
  const ofDesks = displays.envs.map((_, at) => gates.inTurn(quick[at] ?? [], desks, parts))
  const without = gates.inTurn(...quick.slice(displays.envs.length), parts)
  gates.conclude(await gates.runGates([...ofDesks, without]))
} finally {
  displays.stop()
  postgres.stop()
}
