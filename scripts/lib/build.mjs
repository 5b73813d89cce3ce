// @ts-check
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { electronEnv } from './electron.mjs'
import { ROOT } from './paths.mjs'
import { must, say } from './run.mjs'

const BUILDER = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
const STAMP = join(ROOT, 'out', '.built-from')

/** One hash over everything that the build is made from. */
export function sourceHash(root = ROOT) {
  const hash = createHash('sha256')
  for (const file of ['electron.vite.config.ts', 'package-lock.json', 'tsconfig.base.json']) {
    hash.update(readFileSync(join(root, file)))
  }
  for (const folder of ['src', 'resources']) {
    if (!existsSync(join(root, folder))) continue
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
    for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/** Builds main and preload for the screens of a development server into out/dev; the kept build stays as it is. */
export async function buildForScreens(/** @type {string} */ url) {
  const env = { ...process.env, ...electronEnv(), UKETSUKE_DEV_SERVER: url }
  await must(process.execPath, [BUILDER, 'build', '--logLevel', 'warn'], { cwd: ROOT, env, collect: true })
}

/** Builds the desk and the simulator unless out/ is what the sources would give. */
export async function ensureBuilt() {
  const hash = sourceHash()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return
  say('build: desk and simulator')
  await must(process.execPath, [BUILDER, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    env: { ...process.env, ...electronEnv() },
    collect: true,
  })
  mkdirSync(join(ROOT, 'out'), { recursive: true })
  writeFileSync(STAMP, hash)
}
