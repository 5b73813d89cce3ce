/** Support tool: shows as JSON what the receiver makes of keypad bytes. See docs/relay-protocol.md for the wire. */
import { runTypeScript } from './keypad-run.mjs'

await runTypeScript('src/main/devices/inspect.cli.ts')
