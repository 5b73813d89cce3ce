// @ts-check
import { createHash } from 'node:crypto'
import {
  cpSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { electronRuntime } from './electron.mjs'
import { patchSources, REPLACEMENTS } from './native-patch.mjs'
import { cacheFolder, ROOT } from './paths.mjs'
import { must, say } from './run.mjs'

const PACKAGE = join(ROOT, 'node_modules', 'better-sqlite3')
const INSTALLED = join(PACKAGE, 'build', 'Release', 'better_sqlite3.node')

/** The prebuilt binary of better-sqlite3 13 needs Node-API 10. */
export const needsBuild = (napi = Number(process.versions.napi)) =>
  napi < 10 || electronRuntime()?.source === 'npm'

function cachedBinary() {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  const patch = createHash('sha256').update(JSON.stringify(REPLACEMENTS)).digest('hex').slice(0, 12)
  const name = `better-sqlite3-${version}-napi9-${process.platform}-${process.arch}-${patch}.node`
  return join(cacheFolder(), 'native', name)
}

export function nativeReady() {
  return !needsBuild() || existsSync(INSTALLED)
}

/** Builds better-sqlite3 for Node-API 9 where this Node needs it, once a version, and puts it in its place. */
export async function ensureNative() {
  if (nativeReady()) return
  const cached = cachedBinary()
  if (!existsSync(cached)) await build(cached)
  mkdirSync(dirname(INSTALLED), { recursive: true })
  copyFileSync(cached, `${INSTALLED}.new`)
  renameSync(`${INSTALLED}.new`, INSTALLED)
}

async function build(/** @type {string} */ target) {
  say('setup: building better-sqlite3 for this Node (about two minutes, once)')
  const folder = join(cacheFolder(), 'native', `build-${process.pid}`)
  const sources = join(folder, 'node_modules', 'better-sqlite3')
  mkdirSync(dirname(sources), { recursive: true })
  cpSync(PACKAGE, sources, { recursive: true })
  symlinkSync(
    join(ROOT, 'node_modules', 'node-addon-api'),
    join(folder, 'node_modules', 'node-addon-api'),
    'junction',
  )
  patchSources(sources)
  const gyp = await nodeGyp()
  await must(process.execPath, [gyp, 'rebuild', '--release', '--', '-Dforce_build=1'], {
    cwd: sources,
    env: await buildEnv(),
    collect: true,
  })
  copyFileSync(join(sources, 'build', 'Release', 'better_sqlite3.node'), `${target}.new`)
  renameSync(`${target}.new`, target)
  rmSync(folder, { recursive: true, force: true })
}

/** The node-gyp that comes with npm. */
async function nodeGyp() {
  const root = (await must('npm', ['root', '-g'], { collect: true })).trim().split('\n').at(-1) ?? ''
  const candidates = [
    ...(process.env.npm_execpath ? [join(dirname(process.env.npm_execpath), '..')] : []),
    join(root, 'npm'),
    join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm'),
  ].map((npm) => join(npm, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'))
  const found = candidates.find((candidate) => existsSync(candidate))
  if (!found) throw new Error('node-gyp was not found beside npm; install npm again')
  return found
}

/** node-gyp compiles against the headers that came with Node, where they did; else it fetches them. */
async function buildEnv() {
  const headers = join(dirname(process.execPath), '..')
  const local = existsSync(join(headers, 'include', 'node', 'node_api.h'))
  return { ...process.env, ...(local ? { npm_config_nodedir: headers } : {}), JOBS: 'max' }
}
