// @ts-check
/**
 * `npm run dev`: the desk beside the simulated outside world. A change of a screen is shown at once in the open
 * window; a change of main, preload or contract builds them and opens the desk again.
 */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { withDisplay } from './lib/display.mjs'
import { ROOT } from './lib/paths.mjs'
import { say } from './lib/run.mjs'
import { DESK, ensureSetup } from './lib/setup.mjs'

/** Editors write a file in several steps. */
const PAUSE_MS = 200
const OUTSIDE_SCREENS = ['main', 'preload', 'contract']

await ensureSetup({ want: DESK })
const { buildForScreens, ensureBuilt } = await import('./lib/build.mjs')
const { deskCommand, startAcquirer, startKeypadWindow } = await import('./lib/processes.mjs')
const { startScreens } = await import('./lib/dev-screens.mjs')
await ensureBuilt()
const screens = await startScreens()
await buildForScreens(screens.url)
const display = await withDisplay()
Object.assign(process.env, display.env)
const folder = join(ROOT, '.uketsuke', 'dev')
const acquirer = await startAcquirer(join(folder, 'acquirer'))
const keypad = await startKeypadWindow(join(folder, 'keypad'))
const { command, args, env } = deskCommand({
  profile: join(folder, 'desk'),
  simulatorFile: acquirer.file,
  relayPort: keypad.ready.relay.port,
  app: join(ROOT, 'out', 'dev', 'main', 'index.js'),
})

let again = false
/** @type {import('node:child_process').ChildProcess} */
let desk

function open() {
  desk = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } })
  desk.once('exit', async () => {
    if (again) {
      again = false
      return open()
    }
    await Promise.all([acquirer.stop(), keypad.stop(), screens.stop()])
    display.stop()
    process.exit(0)
  })
}

async function rebuild() {
  try {
    await buildForScreens(screens.url)
    again = true
    desk.kill('SIGTERM')
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
  }
}

/** @type {NodeJS.Timeout | undefined} */
let timer
for (const room of OUTSIDE_SCREENS) {
  watch(join(ROOT, 'src', room), { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void rebuild(), PAUSE_MS)
  })
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => desk.kill('SIGTERM'))
open()
say(`the screens come from ${screens.url}`)
