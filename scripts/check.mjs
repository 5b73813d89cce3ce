// @ts-check
/** The inner loop: types, lint, format, architecture, unit and script tests. */
import { ensureSetup } from './lib/setup.mjs'

await ensureSetup({ want: ['packages', 'native'] })
const { conclude, format, lint, runGates, types, vitestGate } = await import('./lib/gates.mjs')
conclude(
  await runGates([
    [types(), lint(), format()],
    [vitestGate('unit'), vitestGate('architecture'), vitestGate('scripts')],
  ]),
)
