import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { httpPaymentService } from '../../src/main/gateways/http-service/http-payment-service'
import type { AuthorizeRequest, PaymentService } from '../../src/main/gateways/payment-service.port'
import { acquirerCertificate, type Certificate } from '../../src/simulator/acquirer/certificate'
import { acquirerFolder } from './acquirer'

export const PATIENT = { connectMs: 10_000, answerMs: 20_000 }
/** Long enough to connect on a busy machine, short enough for a test that waits for its end. */
export const HASTY = { connectMs: 10_000, answerMs: 600 }

export interface Hostile {
  readonly port: number
  /** What reached the far side, in clear. */
  received(): string
}

export const REQUEST: AuthorizeRequest = {
  idempotencyKey: 'key-of-this-attempt',
  paymentId: 'payment-1',
  token: 'tok_1234567890',
  amount: 3_980,
  moto: true,
  initiator: 'customer',
}

export const sent = (cause: string) => ({ kind: 'trouble', sent: true, cause })
export const unsent = (cause: string) => ({ kind: 'trouble', sent: false, cause })
export const http = (status: number, body: string, headers = '') =>
  `HTTP/1.1 ${status} X\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`

export interface HostileGround {
  /** Listens on a free port; all its sockets are cut on `clear`. */
  listen(server: Server): Promise<number>
  /** A TLS server with the pinned certificate that does as it likes once it has read something. */
  hostile(act: (socket: TLSSocket, server: Hostile) => void): Promise<Hostile>
  answering(text: string): Promise<Hostile>
  adapter(port: number, timeouts?: typeof PATIENT, fingerprint256?: string): PaymentService
  /** Closes every server and adapter that was made. */
  clear(): Promise<void>
}

/** Servers that misbehave behind the right certificate, and adapters that speak to them. */
export async function hostileGround(): Promise<HostileGround> {
  const own = acquirerFolder()
  const certificate: Certificate = await acquirerCertificate(own.folder)
  own.remove()
  const undo: (() => unknown)[] = []

  const listen: HostileGround['listen'] = async (server) => {
    const sockets = new Set<Socket>()
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    undo.push(() => {
      for (const socket of sockets) socket.destroy()
      server.close()
    })
    const address = server.address() as AddressInfo
    return address.port
  }
  const hostile: HostileGround['hostile'] = async (act) => {
    let text = ''
    const server = createTlsServer({ key: certificate.pem, cert: certificate.pem }, (socket) => {
      socket.on('error', () => undefined)
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1')
        act(socket, told)
      })
    })
    server.on('tlsClientError', () => undefined)
    const told: Hostile = { port: await listen(server), received: () => text }
    return told
  }
  return {
    listen,
    hostile,
    answering: (text) => hostile((socket) => void socket.write(text)),
    adapter(port, timeouts = PATIENT, fingerprint256 = certificate.fingerprint256) {
      const service = httpPaymentService({
        id: 'hostile',
        name: 'hostile',
        url: `https://127.0.0.1:${port}`,
        fingerprint256,
        merchantKey: 'merchant',
        timeouts,
      })
      undo.push(() => service.close())
      return service
    },
    async clear() {
      for (const step of undo.splice(0).toReversed()) await step()
    },
  }
}
