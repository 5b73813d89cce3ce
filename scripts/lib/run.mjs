// @ts-check
import { spawn } from 'node:child_process'

/** So long what a command wrote last may take to arrive after its end. */
const LEFT_OPEN_MS = 2_000

/** Says on stderr what the set-up is doing; stdout belongs to the command that was asked for. */
export function say(/** @type {string} */ line) {
  process.stderr.write(`${line}\n`)
}

/**
 * Runs a command to its end. Its output goes to stderr, or is collected.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, collect?: boolean, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    /** @type {Buffer[]} */
    const chunks = []
    const take = (/** @type {Buffer} */ chunk) => {
      chunks.push(chunk)
      if (!options.collect) process.stderr.write(chunk)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    const timer = options.timeoutMs ? setTimeout(() => child.kill('SIGKILL'), options.timeoutMs) : null
    child.on('error', (error) => finish(127, String(error)))
    child.on('close', (code) => finish(code ?? 1, ''))
    // What the command started and left behind holds its pipes open; nobody waits for that.
    child.on('exit', (code) =>
      setTimeout(() => {
        child.stdout.destroy()
        child.stderr.destroy()
        finish(code ?? 1, '')
      }, LEFT_OPEN_MS).unref(),
    )
    function finish(/** @type {number} */ code, /** @type {string} */ extra) {
      if (timer) clearTimeout(timer)
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') + extra })
    }
  })
}

/**
 * Runs a command whose failure ends the set-up.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, collect?: boolean }} [options]
 */
export async function must(command, args, options = {}) {
  const result = await run(command, args, options)
  if (result.code === 0) return result.output
  throw new Error(
    `${command} ${args.join(' ')} ended with ${result.code}\n${options.collect ? result.output : ''}`,
  )
}
