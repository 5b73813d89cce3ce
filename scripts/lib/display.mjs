// @ts-check
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

export const hasDisplay = (env = process.env) =>
  process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)

/** Starts a virtual display where there is none. @returns {Promise<{ env: Record<string, string>, stop: () => void }>} */
export async function withDisplay(size = '1920x1080x24') {
  if (hasDisplay()) return { env: {}, stop: () => undefined }
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
  return { env: { DISPLAY: `:${number}` }, stop }
}

/** A session bus quietens Chromium's complaints; nothing of the desk needs it. */
export const busEnv = () =>
  existsSync('/run/dbus/system_bus_socket') ? {} : { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }
