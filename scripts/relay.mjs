// @ts-check
/**
 * `npm run relay -- --listen 192.168.1.20 --port 47600`: serves the keypad on this PC's USB to the desks of the
 * private network. Without a window; it ends with Ctrl+C or SIGTERM. Exit codes: see its usage (`npm run relay`).
 */
import { spawn } from 'node:child_process'
import { relayCommand } from './lib/processes.mjs'
import { electronEnv } from './lib/electron.mjs'
import { ROOT } from './lib/paths.mjs'
import { DESK, ensureSetup } from './lib/setup.mjs'

await ensureSetup({ want: DESK })
const { ensureBuilt } = await import('./lib/build.mjs')
await ensureBuilt()
const { command, args, env } = relayCommand(process.argv.slice(2))
const relay = spawn(command, args, {
  cwd: ROOT,
  // A pipe: on Windows a program with windows has no console of its own to write to.
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, ...electronEnv(), ...env },
})
relay.stdout.pipe(process.stdout)
// Ctrl+C reaches both processes by itself; the relay ends first and this one after it.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => void relay.kill('SIGTERM'))
relay.once('exit', (code) => {
  process.exitCode = code ?? 1
})
