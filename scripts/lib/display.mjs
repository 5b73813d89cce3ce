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
 * Starts a virtual display for each of so many desks that are driven side by side (playwright.config.ts reads their
 * names), where there is none. On a display that is there, one desk after the other is driven.
 * @returns {Promise<{ env: Record<string, string>, stop: () => void }>}
 */
export async function withDisplays(/** @type {number} */ count, size = '1920x1080x24') {
  if (hasDisplay()) return { env: {}, stop: () => undefined }
  const displays = await Promise.all(Array.from({ length: count }, () => startDisplay(size)))
  return {
    env: { UKETSUKE_DISPLAYS: displays.map(({ name }) => name).join(',') },
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
