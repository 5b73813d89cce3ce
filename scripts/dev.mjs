// @ts-check
/** `npm run dev`: the desk beside the simulated outside world, built and opened again whenever a source changes. */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { withDisplay } from './lib/display.mjs'
import { ROOT } from './lib/paths.mjs'
import { say } from './lib/run.mjs'
import { DESK, ensureSetup } from './lib/setup.mjs'

/** Editors write a file in several steps. */
const PAUSE_MS = 200

await ensureSetup({ want: DESK })
const { ensureBuilt } = await import('./lib/build.mjs')
await ensureBuilt()
const { deskCommand, startAcquirer, startKeypadWindow } = await import('./lib/processes.mjs')
const display = await withDisplay()
Object.assign(process.env, display.env)
const folder = join(ROOT, '.uketsuke', 'dev')
const acquirer = await startAcquirer(join(folder, 'acquirer'))
const keypad = await startKeypadWindow(join(folder, 'keypad'))
const { command, args, env } = deskCommand({
  profile: join(folder, 'desk'),
  simulatorFile: acquirer.file,
  relayPort: keypad.ready.relay.port,
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
    await Promise.all([acquirer.stop(), keypad.stop()])
    display.stop()
    process.exit(0)
  })
}

async function rebuild() {
  try {
    await ensureBuilt()
    again = true
    desk.kill('SIGTERM')
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
  }
}

/** @type {NodeJS.Timeout | undefined} */
let timer
watch(join(ROOT, 'src'), { recursive: true }, () => {
  clearTimeout(timer)
  timer = setTimeout(() => void rebuild(), PAUSE_MS)
})
open()
