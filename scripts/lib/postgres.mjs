// @ts-check
import { spawn, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgresBin } from './system.mjs'

/** A port of loopback that nobody uses now. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** PostgreSQL refuses to run as root: then it runs as its own user. */
function asServerUser(/** @type {string} */ command, /** @type {string[]} */ args) {
  if (process.getuid?.() !== 0) return { command, args, uid: undefined, gid: undefined }
  const id = (/** @type {string} */ flag) =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout)
  return { command, args, uid: id('-u'), gid: id('-g') }
}

/** Starts a server for tests on loopback in a temporary folder. It ends with this process. */
export async function startPostgres() {
  const bin = postgresBin()
  if (bin === null) throw new Error('PostgreSQL 15 or later is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-pg-'))
  const { uid, gid } = asServerUser('', [])
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
  const data = join(folder, 'data')
  const identity = uid === undefined ? {} : { uid, gid }
  const init = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '-A', 'trust'],
    {
      ...identity,
      cwd: folder,
      encoding: 'utf8',
    },
  )
  if (init.status !== 0) throw new Error(`initdb failed\n${init.stderr}`)
  const port = await freePort()
  const settings = [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'fsync=off',
    '-c',
    `unix_socket_directories=${folder}`,
  ]
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
    ...identity,
    cwd: folder,
    stdio: 'ignore',
  })
  const stop = () => {
    server.kill('SIGQUIT')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', stop)
  for (let tries = 0; ; tries++) {
    const ready = spawnSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port), '-t', '1'])
    if (ready.status === 0) break
    if (tries > 150) throw new Error('PostgreSQL did not become ready')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop }
}
