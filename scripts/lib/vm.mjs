// @ts-check
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { cpio } from './cpio.mjs'
import { cacheFolder } from './paths.mjs'
import { ensureEmulator, ensureKernel } from './vm-kernel.mjs'

const EMULATOR = '/usr/bin/qemu-system-x86_64'
const BUSYBOX = '/bin/busybox'
/** Files of this run, as the machine sees them. */
export const GUEST_FOLDER = '/run/guest'

/** Emulated in software: a machine that is itself a virtual one often has no KVM, or one that hangs. */
const MACHINE = [
  '-accel tcg,thread=multi -cpu max -smp 2 -m 2048',
  '-display none -monitor none -serial stdio -nic none -no-reboot',
]
  .join(' ')
  .split(' ')
  .concat('-append', 'console=ttyS0 quiet loglevel=1 panic=-1 mitigations=off')

/** @typedef {import('./vm-kernel.mjs').Kernel} Kernel */

/**
 * Gets everything ready to boot, or says why that cannot be had here.
 * @returns {Promise<{ ready: true, kernel: Kernel } | { ready: false, reason: string }>}
 */
export async function prepareVm() {
  const reason = await ensureEmulator()
  if (reason !== null) return { ready: false, reason }
  try {
    return { ready: true, kernel: await ensureKernel(join(cacheFolder(), 'vm')) }
  } catch (error) {
    return { ready: false, reason: `no kernel: ${error instanceof Error ? error.message.trim() : error}` }
  }
}

const quoted = (/** @type {string} */ text) => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** First program of the machine: the host's files read-only as root, memory where something is written. */
export function initScript(
  /** @type {readonly string[]} */ modules,
  /** @type {readonly string[]} */ commands,
) {
  const mount9p = '-t 9p -o trans=virtio,version=9p2000.L,msize=1048576,cache=loose,ro'
  return `#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
${modules.map((file) => `insmod /modules/${basename(file)}`).join('\n')}
mount ${mount9p} host /host
for folder in proc sys dev; do mount --bind /$folder /host/$folder; done
mount -t tmpfs run /host/run
mkdir -p -m 1777 /host/run/tmp
mkdir -p /host${GUEST_FOLDER}
mount ${mount9p} guest /host${GUEST_FOLDER}
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/run/tmp TMPDIR=/run/tmp LANG=C.UTF-8
${commands.map((command) => `chroot /host /bin/sh -c ${quoted(command)} </dev/null`).join('\n')}
poweroff -f
`
}

/**
 * Boots a small machine by software emulation, runs shell commands in it one after another and switches it off.
 * It sees the host's files read-only, and `folder` at `GUEST_FOLDER`; it has no network.
 * @param {{ kernel: Kernel, folder: string, commands: readonly string[], timeoutMs: number, onLine: (line: string) => void }} options
 * @returns {Promise<{ ended: 'off' | 'timeout' | 'failed' }>}
 */
export async function runVm({ kernel, folder, commands, timeoutMs, onLine }) {
  const work = mkdtempSync(join(tmpdir(), 'uketsuke-vm-'))
  const image = join(work, 'initramfs')
  writeFileSync(image, initramfs(kernel, commands))
  const share = (/** @type {string} */ path, /** @type {string} */ tag) => [
    '-virtfs',
    `local,path=${path.replaceAll(',', ',,')},mount_tag=${tag},security_model=none,readonly=on,multidevs=remap`,
  ]
  const child = spawn(
    EMULATOR,
    [
      ...MACHINE,
      '-kernel',
      kernel.kernel,
      '-initrd',
      image,
      ...share('/', 'host'),
      ...share(folder, 'guest'),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const stop = () => void child.kill('SIGKILL')
  process.once('exit', stop)
  let late = false
  const timer = setTimeout(() => {
    late = true
    stop()
  }, timeoutMs)
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => onLine(line.replace(/\r+$/, '')))
  }
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1))
    child.once('close', resolve)
  })
  clearTimeout(timer)
  process.removeListener('exit', stop)
  rmSync(work, { recursive: true, force: true })
  return { ended: late ? 'timeout' : code === 0 ? 'off' : 'failed' }
}

function initramfs(/** @type {Kernel} */ { modules }, /** @type {readonly string[]} */ commands) {
  const folders = ['bin', 'modules', 'proc', 'sys', 'dev', 'host'].map((path) => ({ path }))
  return cpio([
    ...folders,
    { path: 'bin/busybox', data: readFileSync(BUSYBOX) },
    ...modules.map((file) => ({ path: `modules/${basename(file)}`, data: readFileSync(file), mode: 0o644 })),
    { path: 'init', data: initScript(modules, commands) },
  ])
}
