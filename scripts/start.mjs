// @ts-check
/** `npm start`: the desk in training with the sample shop, and the simulated outside world beside it. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { hasDisplay } from './lib/display.mjs'
import { electronEnv } from './lib/electron.mjs'
import { ROOT } from './lib/paths.mjs'
import { say } from './lib/run.mjs'
import { DESK, ensureSetup } from './lib/setup.mjs'

/** Port of this program's own keypad relay. */
const RELAY_PORT = 47_600

await ensureSetup({ want: DESK })
if (!hasDisplay()) {
  say('no display: running the demo instead')
  await import('./demo.mjs')
} else {
  const { ensureBuilt } = await import('./lib/build.mjs')
  await ensureBuilt()
  const { deskCommand, startAcquirer, startKeypadWindow } = await import('./lib/processes.mjs')
  const folder = join(ROOT, '.uketsuke')
  const [acquirer, keypad] = await Promise.all([
    startAcquirer(join(folder, 'acquirer')),
    startKeypadWindow(join(folder, 'keypad'), RELAY_PORT),
  ])
  const { command, args, env } = deskCommand({
    profile: join(folder, 'desk'),
    simulatorFile: acquirer.file,
    relayPort: RELAY_PORT,
  })
  const desk = spawn(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...electronEnv(), ...env },
  })
  desk.once('exit', async (code) => {
    await Promise.all([acquirer.stop(), keypad.stop()])
    process.exit(code ?? 0)
  })
}
