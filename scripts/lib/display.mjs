// @ts-check
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

export const hasDisplay = (env = process.env) =>
  process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)

/** Starts a virtual display where there is none. @returns {Promise<{ env: Record<string, string>, stop: () => void }>} */
export async function withDisplay(size = '1920x1080x24') {
  if (hasDisplay()) return { env: {}, stop: () => undefined }
  const { name, stop } = await startDisplay(size)
  return { env: { DISPLAY: name }, stop }
}

/**
 * So many virtual displays, for desks that are driven side by side: on one they would take the focus and the clipboard
 * from each other. Where there is a display, that one.
 * @returns {Promise<{ envs: Record<string, string>[], stop: () => void }>}
 */
export async function withDisplays(/** @type {number} */ count, size = '1920x1080x24') {
  if (hasDisplay()) return { envs: [{}], stop: () => undefined }
  const displays = await Promise.all(Array.from({ length: count }, () => startDisplay(size)))
  return {
    envs: displays.map(({ name }) => ({ DISPLAY: name })),
    stop: () => displays.forEach(({ stop }) => stop()),
  }
}

async function startDisplay(/** @type {string} */ size) {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', () => reject(new Error('Xvfb could not start')))
    server.stdio[3]?.once('data', (data) => resolve(String(data).trim()))
  })
  const stop = () => void server.kill()
  process.once('exit', stop)
  return { name: `:${number}`, stop }
}

/** A session bus quietens Chromium's complaints; nothing of the desk needs it. */
export const busEnv = () =>
  existsSync('/run/dbus/system_bus_socket') ? {} : { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }
