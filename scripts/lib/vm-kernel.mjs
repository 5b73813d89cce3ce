// @ts-check
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { must, run, say } from './run.mjs'

/** What the machine needs for a disk on the host (9p over virtio) and for HID devices made by a program. */
const WANTED = ['virtio_pci', '9pnet_virtio', '9p', 'hid-generic', 'uhid']

/** A kernel outside of any installation, and its modules in the order of loading. */
/** @typedef {{ kernel: string, modules: string[] }} Kernel */

/**
 * Debian's own kernel, taken out of its package and kept in `folder`; nothing is installed.
 * @returns {Promise<Kernel>}
 */
export async function ensureKernel(/** @type {string} */ folder) {
  const home = join(folder, 'kernel')
  if (!existsSync(home)) await unpackKernel(folder, home)
  const modules = readFileSync(join(home, 'order'), 'utf8').split('\n').filter(Boolean)
  return { kernel: join(home, 'vmlinuz'), modules: modules.map((name) => join(home, name)) }
}

async function unpackKernel(/** @type {string} */ folder, /** @type {string} */ home) {
  mkdirSync(folder, { recursive: true })
  const work = mkdtempSync(join(folder, 'unpack-'))
  try {
    const depends = await must('apt-cache', ['depends', 'linux-image-amd64'], { collect: true })
    const name = /Depends: (linux-image-\S+)/.exec(depends)?.[1]
    if (name === undefined) throw new Error('no kernel package is known to apt')
    say(`setup: fetching ${name} (unpacked for the test machine, not installed)`)
    await must('apt-get', ['download', name], { cwd: work, collect: true })
    const deb = readdirSync(work).find((file) => file.endsWith('.deb'))
    if (deb === undefined) throw new Error('the kernel package did not arrive')
    const tree = join(work, 'tree')
    await must('dpkg-deb', ['-x', join(work, deb), tree], { collect: true })
    const kept = join(work, 'kept')
    mkdirSync(kept)
    const image = readdirSync(join(tree, 'boot')).find((file) => file.startsWith('vmlinuz'))
    renameSync(join(tree, 'boot', image ?? 'vmlinuz'), join(kept, 'vmlinuz'))
    const order = takeModules(tree, kept)
    writeFileSync(join(kept, 'order'), order.join('\n'))
    renameSync(kept, home)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Copies the wanted modules and what they depend on; a wanted one that is no file is part of the kernel. */
function takeModules(/** @type {string} */ tree, /** @type {string} */ kept) {
  const files = new Map(
    readdirSync(tree, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ko(\.xz)?$/.test(entry.name))
      .map((entry) => [moduleName(entry.name), join(entry.parentPath, entry.name)]),
  )
  /** @type {string[]} */
  const order = []
  const take = (/** @type {string} */ name) => {
    const file = files.get(name)
    const target = `${name}.ko`
    if (file === undefined || order.includes(target)) return
    const bytes = moduleBytes(file)
    for (const needed of dependencies(bytes)) take(needed)
    writeFileSync(join(kept, target), bytes)
    order.push(target)
  }
  for (const name of WANTED) take(moduleName(name))
  return order
}

/** Files say `hid-generic`, dependencies `hid_generic`. */
export const moduleName = (/** @type {string} */ file) =>
  basename(file)
    .replace(/\.ko(\.xz)?$/, '')
    .replaceAll('-', '_')

function moduleBytes(/** @type {string} */ file) {
  if (!file.endsWith('.xz')) return readFileSync(file)
  const { stdout, status } = spawnSync('xz', ['-dc', file], { maxBuffer: 64 * 1024 * 1024 })
  if (status !== 0) throw new Error(`xz could not unpack ${file}`)
  return stdout
}

/** Names in the module's own `depends=` note. @returns {string[]} */
export function dependencies(/** @type {Buffer} */ module) {
  const at = module.indexOf('\0depends=')
  if (at === -1) return []
  const text = module.toString('latin1', at + '\0depends='.length, module.indexOf(0, at + 1))
  return text.split(',').filter(Boolean).map(moduleName)
}

const PROGRAMS = {
  'qemu-system-x86': '/usr/bin/qemu-system-x86_64',
  'busybox-static': '/bin/busybox',
}

/** Installs the emulator where that is possible. Gives the reason when there is none. @returns {Promise<string | null>} */
export async function ensureEmulator(programs = PROGRAMS) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it needs Linux on x86-64'
  const missing = Object.entries(programs)
    .filter(([, path]) => !existsSync(path))
    .map(([name]) => name)
  if (missing.length === 0) return null
  if (!existsSync('/usr/bin/apt-get')) return `${missing.join(' and ')} missing, and this is not Debian`
  if (process.getuid?.() !== 0) {
    return `${missing.join(' and ')} missing; once: sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`
  }
  say(`setup: installing ${missing.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { collect: true, env })
  const install = ['install', '-y', '--no-install-recommends', ...missing]
  const { code, output } = await run('apt-get', install, { collect: true, env })
  return code === 0 ? null : `apt-get could not install ${missing.join(' ')}: ${lastLine(output)}`
}

const lastLine = (/** @type {string} */ text) => text.trim().split('\n').at(-1) ?? ''
