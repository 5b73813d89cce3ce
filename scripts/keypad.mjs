// @ts-check
/** Keys a test card on the running keypad simulator: npm run keypad -- --pan 4111111111111111 --exp 3012 */
import { join } from 'node:path'
import { ROOT } from './lib/paths.mjs'
import { runTypeScript } from './keypad-run.mjs'

process.env.UKETSUKE_KEYPAD_DATA ??= join(ROOT, '.uketsuke', 'keypad')
await runTypeScript('src/simulator/keypad/cli.ts')
