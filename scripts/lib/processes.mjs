// @ts-check
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { busEnv } from './display.mjs'
import { electronArgs, electronRuntime } from './electron.mjs'
import { ROOT } from './paths.mjs'

const out = (/** @type {string} */ name) => join(ROOT, 'out', 'main', name)

/**
 * Starts a part of the simulated outside world and waits for its line of JSON.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 */
async function startPart(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const ready = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code} before it was ready`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"ready":true')) resolve(JSON.parse(line))
    })
  })
  return {
    ready,
    child,
    async stop() {
      process.removeListener('exit', kill)
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** The simulated payment services. `folder` keeps their books. */
export async function startAcquirer(/** @type {string} */ folder, port = 0) {
  mkdirSync(folder, { recursive: true })
  const part = await startPart(process.execPath, [
    out('acquirer.js'),
    '--port',
    String(port),
    '--data',
    folder,
  ])
  return { ...part, file: join(folder, 'acquirer.json') }
}

/** The simulated keypad without a window. */
export async function startKeypad(/** @type {string} */ folder, port = 0, /** @type {string[]} */ more = []) {
  mkdirSync(folder, { recursive: true })
  return startPart(process.execPath, [out('keypad.js'), '--port', String(port), '--data', folder, ...more])
}

/** Command and arguments of the keypad's own window: an Electron process tree of its own. */
export function keypadWindowCommand(/** @type {string} */ folder, port = 0) {
  return {
    command: electronRuntime()?.path ?? '',
    args: [
      ...electronArgs(),
      `--user-data-dir=${join(folder, 'profile')}`,
      out('keypad-window.js'),
      '--port',
      String(port),
      '--data',
      folder,
    ],
    env: busEnv(),
  }
}

/** The simulated keypad in its window. */
export async function startKeypadWindow(/** @type {string} */ folder, port = 0) {
  mkdirSync(folder, { recursive: true })
  const { command, args, env } = keypadWindowCommand(folder, port)
  return startPart(command, args, { env })
}

/**
 * Command and arguments of the desk. `orders`: the sample shop without its 定期.
 * @param {{ profile: string, simulatorFile?: string, relayPort?: number, sample?: boolean | 'orders', app?: string }} options
 */
export function deskCommand({ profile, simulatorFile, relayPort, sample = true, app = ROOT }) {
  return {
    command: electronRuntime()?.path ?? '',
    args: [
      ...electronArgs(),
      app,
      `--profile=${profile}`,
      ...(sample ? [sample === true ? '--sample' : `--sample=${sample}`] : []),
      ...(simulatorFile ? [`--simulator=${simulatorFile}`] : []),
      ...(relayPort ? [`--relay-port=${relayPort}`] : []),
    ],
    env: busEnv(),
  }
}

/**
 * Command and arguments of the keypad relay: the desk's program without a window. On Linux Chromium wants a display
 * unless it is told that there is none.
 */
export function relayCommand(
  /** @type {string[]} */ args,
  /** @type {{ profile?: string }} */ { profile } = {},
) {
  return {
    command: electronRuntime()?.path ?? '',
    args: [
      ...electronArgs(),
      ...(process.platform === 'linux' ? ['--ozone-platform=headless'] : []),
      ROOT,
      ...(profile ? [`--profile=${profile}`] : []),
      'relay',
      ...args,
    ],
    env: busEnv(),
  }
}
