import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { encodeControl, MessageReader } from '../../src/main/devices/relay/framing'
import type { RelayMessage } from '../../src/main/devices/relay/messages'
import { deskProof } from '../../src/main/devices/relay/pairing'
import type { RelayUnderTest } from './relay-under-test'

/** Resolves when the connection has ended, by whatever. */
export const closing = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.on('error', () => undefined)
    socket.once('close', () => resolve())
  })

export interface Stranger {
  readonly socket: TLSSocket
  readonly said: readonly RelayMessage[]
  until(type: RelayMessage['type']): Promise<RelayMessage>
  readonly closed: Promise<void>
}

/** A TLS connection that speaks for itself, and what the relay says to it. */
export async function stranger(port: number): Promise<Stranger> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
  const closed = closing(socket)
  const reader = new MessageReader()
  const said: RelayMessage[] = []
  let checks: (() => void)[] = []
  socket.on('data', (chunk: Buffer) => {
    for (const item of reader.push(chunk)) if (item.kind === 'control') said.push(item.message)
    for (const check of checks) check()
  })
  await once(socket, 'secureConnect')
  const until = (type: RelayMessage['type']) =>
    new Promise<RelayMessage>((resolve) => {
      const check = () => {
        const found = said.find((message) => message.type === type)
        if (!found) return
        checks = checks.filter((other) => other !== check)
        resolve(found)
      }
      checks.push(check)
      check()
    })
  return { socket, said, until, closed }
}

/** A stranger who knows the code, past its opening. */
export async function proven(relay: RelayUnderTest) {
  const one = await stranger(relay.port)
  const hello = await one.until('hello')
  const deskNonce = Buffer.alloc(32, 9).toString('base64')
  const relayNonce = hello.type === 'hello' ? hello.nonce : ''
  const proof = deskProof(relay.code, { relayNonce, deskNonce, fingerprint256: relay.fingerprint256 })
  one.socket.write(
    encodeControl({
      type: 'hello',
      protocol: 'uketsuke-relay',
      version: 1,
      seat: '9番席',
      nonce: deskNonce,
      proof,
    }),
  )
  await one.until('welcome')
  return one
}
