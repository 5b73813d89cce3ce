// @ts-check
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'
import { must, run, say } from './run.mjs'

const STAMP = join(ROOT, 'node_modules', '.uketsuke-installed')

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex')
}

/** True when node_modules is what package-lock.json says. */
export function packagesReady() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash()
}

/** Installs the npm packages exactly as locked. Install scripts do not run: what needs building is built by us. */
export async function ensurePackages() {
  if (packagesReady()) return
  say('setup: installing npm packages')
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const exact = await run('npm', ['ci', ...quietly], { cwd: ROOT, collect: true })
  // A registry mirror may lack the optional packages of other platforms, and `npm ci` then refuses the lock file;
  // `npm install` takes the same locked versions and passes over what this platform does not need.
  if (exact.code !== 0) await must('npm', ['install', '--no-save', ...quietly], { cwd: ROOT, collect: true })
  writeFileSync(STAMP, lockHash())
}
