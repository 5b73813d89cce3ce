import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

const CHILD = resolve(import.meta.dirname, '../support/relay-netns-child.ts')
const SETUP = [
  'ip link set lo up',
  'ip addr add 10.77.0.1/32 dev lo',
  'ip addr add 10.77.0.2/32 dev lo',
  'ip addr add 203.0.113.9/32 dev lo',
]
/** A network of its own needs Linux, root and iproute2. */
const hasNamespaces =
  process.platform === 'linux' && spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up']).status === 0

describe.skipIf(!hasNamespaces)('the relay in a network of its own', () => {
  it('serves private peers, drops others, and every missing thing has its word', async () => {
    const command = [...SETUP, 'exec "$0" --import tsx "$1"'].join(' && ')
    const child = spawn('unshare', ['-n', 'sh', '-c', command, process.execPath, CHILD], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
    expect(code).toBe(0)
    expect(JSON.parse(output)).toEqual({
      desk: 'ready',
      privatePeer: 'served',
      publicPeer: 'closed',
      noRoute: { kind: 'trouble', trouble: 'relay-unreachable' },
      noListener: { kind: 'trouble', trouble: 'relay-refused' },
      listenElsewhere: 'refused',
    })
  })
})
