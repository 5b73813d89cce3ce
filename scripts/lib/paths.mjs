// @ts-check
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Where downloads and builds rest that must survive a fresh install of the packages. */
export function cacheFolder(env = process.env) {
  if (env.UKETSUKE_CACHE) return env.UKETSUKE_CACHE
  if (process.platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'uketsuke')
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'uketsuke')
}
