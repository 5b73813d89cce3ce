import type { App } from 'electron'
import { join } from 'node:path'
import { hidDevice } from '../devices/hid/hid-device'
import type { Clock } from '../platform/clock'
import { openLog } from '../platform/log'
import { RELAY_EXIT, runRelay } from '../relay/run'

/** The app as a relay: no window, no database; it owns the keypad on USB until a signal ends it. */
export async function runRelayApp(
  app: App,
  { args, profileFolder, clock }: { args: readonly string[]; profileFolder: string; clock: Clock },
): Promise<void> {
  const { log, close: closeLog } = openLog(join(profileFolder, 'relay', 'logs'))
  const end = async (exitCode: number) => {
    await closeLog()
    app.exit(exitCode)
  }
  process.on('uncaughtException', (error) => {
    log.error({ err: error.stack }, 'relay failed')
    void end(RELAY_EXIT.unexpected)
  })
  // A reader of the lines that has gone away is no reason to stop serving the keypad.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  const run = await runRelay(args, {
    folder: join(profileFolder, 'relay'),
    // The same locks as the desk's: the two never read the same keypad at once.
    keypad: hidDevice({ lockFolder: join(profileFolder, 'locks') }),
    clock,
    log,
    say: (line) => void process.stdout.write(`${JSON.stringify(line)}\n`),
    complain: (text) => void process.stderr.write(`${text}\n`),
  })
  if (run.kind === 'failed') {
    await end(run.exitCode)
    return
  }
  let ending = false
  const stop = () => {
    if (ending) return
    ending = true
    void run.close().then(() => end(RELAY_EXIT.ended))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  app.on('before-quit', (event) => {
    event.preventDefault()
    stop()
  })
}
