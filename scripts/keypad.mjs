/** Keys a test card on the running keypad simulator: npm run keypad -- --pan 4111111111111111 --exp 3012 */
import { runTypeScript } from './keypad-run.mjs'

await runTypeScript('src/simulator/keypad/cli.ts')
