// @ts-check
import { existsSync, readdirSync } from 'node:fs'
import { must, run, say } from './run.mjs'

const lib = (/** @type {string} */ name) => () =>
  ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'].some(
    (folder) => existsSync(folder) && existsSync(`${folder}/${name}`),
  )
const program = (/** @type {string} */ path) => () => existsSync(path)

/** Debian packages that the desk needs to run, each with the way to see that it is there. */
const DESK = {
  'libgtk-3-0': lib('libgtk-3.so.0'),
  libnss3: lib('libnss3.so'),
  libgbm1: lib('libgbm.so.1'),
  libasound2: lib('libasound.so.2'),
  libxss1: lib('libXss.so.1'),
  libxtst6: lib('libXtst.so.6'),
  'libusb-1.0-0': lib('libusb-1.0.so.0'),
  libudev1: lib('libudev.so.1'),
  xvfb: program('/usr/bin/Xvfb'),
  xauth: program('/usr/bin/xauth'),
  dbus: program('/usr/bin/dbus-daemon'),
  'fonts-noto-cjk': () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
}

/** Build tools, needed only where better-sqlite3 is compiled. */
const BUILD = { make: program('/usr/bin/make'), 'g++': program('/usr/bin/g++'), python3: () => true }

/** A PostgreSQL server of version 15 or later for the tests. */
export function postgresBin() {
  const base = '/usr/lib/postgresql'
  if (!existsSync(base)) return null
  const versions = readdirSync(base)
    .map(Number)
    .filter((version) => version >= 15)
    .sort((a, b) => b - a)
  const found = versions.find((version) => existsSync(`${base}/${version}/bin/initdb`))
  return found === undefined ? null : `${base}/${found}/bin`
}
const POSTGRES = { postgresql: () => postgresBin() !== null }

const missing = (/** @type {Record<string, () => boolean>} */ wanted) =>
  Object.entries(wanted)
    .filter(([, there]) => !there())
    .map(([name]) => name)

/**
 * Installs what the machine itself lacks, when this is Debian and root; else says the one command to run.
 * @param {{ build: boolean, postgres: boolean }} wants
 */
export async function ensureSystem(wants) {
  if (process.platform !== 'linux') return
  const names = missing({ ...DESK, ...(wants.build ? BUILD : {}), ...(wants.postgres ? POSTGRES : {}) })
  if (names.length === 0) return
  const install = ['install', '-y', '--no-install-recommends', ...names]
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `Some libraries are missing. Run this once, then try again:\n\n  sudo apt-get update && sudo apt-get ${install.join(' ')}\n`,
    )
  }
  say(`setup: installing ${names.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { collect: true, env })
  await must('apt-get', install, { collect: true, env })
}
