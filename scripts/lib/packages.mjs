// @ts-check
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'
import { must, say } from './run.mjs'

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
  await must('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: ROOT })
  writeFileSync(STAMP, lockHash())
}
