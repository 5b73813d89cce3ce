/**
 * Runs inside a network namespace of its own, whose only interface is loopback, and tells what happened in one
 * line of JSON. Addresses of the outside can be used here: nothing leaves the namespace.
 */
import { connect as connectPlain } from 'node:net'
import { connect } from 'node:tls'
import { openRelay } from './relay-under-test'

const PRIVATE = '10.77.0.1'
const PRIVATE_PEER = '10.77.0.2'
const PUBLIC_PEER = '203.0.113.9'

/** Whether the relay speaks TLS with this address or closes at once. */
function fateOf(localAddress: string, port: number): Promise<'served' | 'closed'> {
  return new Promise((resolve) => {
    const plain = connectPlain({ host: PRIVATE, port, localAddress })
    plain.on('error', () => undefined)
    const socket = connect({ socket: plain, rejectUnauthorized: false })
    socket.on('error', () => undefined)
    socket.once('close', () => resolve('closed'))
    socket.once('secureConnect', () => {
      resolve('served')
      socket.destroy()
    })
  })
}

const relay = await openRelay({ host: PRIVATE, helloTimeoutMs: 5000 })
const result = {
  desk: (await relay.desk({ host: PRIVATE }).status()).kind,
  privatePeer: await fateOf(PRIVATE_PEER, relay.port),
  publicPeer: await fateOf(PUBLIC_PEER, relay.port),
  noRoute: await relay.desk({ host: '172.16.5.5', answerTimeoutMs: 2000 }).status(),
  noListener: await relay.desk({ host: PRIVATE, port: 1 }).status(),
  listenElsewhere: await openRelay({ host: '192.168.99.99' }).then(
    () => 'listens',
    () => 'refused',
  ),
}
await relay.close()
process.stdout.write(`${JSON.stringify(result)}\n`)
