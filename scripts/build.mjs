// @ts-check
import { ensureBuilt } from './lib/build.mjs'
import { DESK, ensureSetup } from './lib/setup.mjs'

await ensureSetup({ want: DESK })
await ensureBuilt()
