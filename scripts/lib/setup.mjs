// @ts-check
import { ensureElectron } from './electron.mjs'
import { ensureNative, needsBuild, nativeReady } from './native.mjs'
import { ensurePackages } from './packages.mjs'
import { ensureSystem } from './system.mjs'

/** @typedef {'packages' | 'native' | 'electron' | 'system' | 'postgres'} Want */

/** Everything that the desk itself needs. @type {readonly Want[]} */
export const DESK = ['packages', 'native', 'electron', 'system']

/**
 * Brings this machine to where a command can run; does nothing, quickly, when it is there already.
 * @param {{ want: readonly Want[] }} options
 */
export async function ensureSetup({ want }) {
  checkNode()
  const wants = new Set(want)
  if (wants.has('packages')) await ensurePackages()
  if (wants.has('electron')) await ensureElectron()
  const build = wants.has('native') && needsBuild() && !nativeReady()
  if (wants.has('system') || wants.has('postgres'))
    await ensureSystem({ build, postgres: wants.has('postgres') })
  if (wants.has('native')) await ensureNative()
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Error(`Node 20.19 or later is needed; this is ${process.versions.node}`)
}
