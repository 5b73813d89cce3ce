import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CardFrame } from '../../src/main/domain/card-frame'
import { acceptService } from '../../src/main/gateways/http-service/accept-service'
import { httpPaymentService } from '../../src/main/gateways/http-service/http-payment-service'
import type { AuthorizeRequest, ServiceIdentity } from '../../src/main/gateways/payment-service.port'
import { newId } from '../../src/main/platform/ids'
import {
  acquirerFolder,
  frameOf,
  keyedBytes,
  keyedFrame,
  startAcquirer,
  tokenFor,
  type AcquirerProcess,
} from '../support/acquirer'

const { folder, remove } = acquirerFolder()
let acquirer: AcquirerProcess

beforeAll(async () => {
  acquirer = await startAcquirer(folder)
})
afterEach(() => acquirer.clear())
afterAll(async () => {
  await acquirer.stop()
  remove()
})

const request = (token: string): AuthorizeRequest => ({
  idempotencyKey: newId(),
  paymentId: newId(),
  token,
  amount: 3_980,
  moto: true,
  initiator: 'customer',
})

describe('the adapter at the simulator', () => {
  it('goes the whole way of a payment', async () => {
    const service = acquirer.service('sim-key')
    const wanted = request(await tokenFor(service, { pan: '3566002020360505' }))
    const paid = await service.authorize(wanted)
    expect(paid).toMatchObject({
      kind: 'approved',
      approvalCode: expect.stringMatching(/^\d{6}$/),
      holdUntil: expect.any(Number),
    })
    const { serviceTransactionId } = paid as { serviceTransactionId: string }
    const step = { paymentId: wanted.paymentId, serviceTransactionId, amount: 3_980 }
    expect(await service.capture({ idempotencyKey: newId(), ...step })).toMatchObject({ kind: 'approved' })
    expect(await service.refund({ idempotencyKey: newId(), ...step })).toMatchObject({ kind: 'approved' })
    expect(await service.inquire(wanted.paymentId)).toMatchObject({ kind: 'found', state: 'refunded' })
  })

  it('takes a fingerprint with colons and in small letters', async () => {
    const { fingerprint256 } = acquirer.ready
    const colons = (fingerprint256.match(/../g) ?? []).join(':').toLowerCase()
    const service = acquirer.service('sim-key', { fingerprint256: colons })
    expect(await service.identify()).toMatchObject({ simulator: true })
  })

  it('refuses a certificate that was exchanged', async () => {
    const service = acquirer.service('sim-key', { fingerprint256: '00'.repeat(32) })
    expect(await service.identify()).toEqual({ kind: 'trouble', sent: false, cause: 'certificate' })
  })

  it('is turned away with a wrong merchant key, and nothing is booked', async () => {
    const { url, fingerprint256 } = acquirer.ready
    const stranger = httpPaymentService({ id: 'x', name: 'x', url, fingerprint256, merchantKey: 'stranger' })
    const rejected = { kind: 'trouble', sent: false, cause: 'rejected' }
    expect(await stranger.identify()).toEqual(rejected)
    const token = await tokenFor(acquirer.service('sim-key'))
    const before = await acquirer.books()
    expect(await stranger.authorize(request(token))).toEqual(rejected)
    expect(await acquirer.books()).toEqual(before)
    await stranger.close()
  })

  it('names its events in order, for measurements', async () => {
    const events: string[] = []
    const service = acquirer.service('sim-key', {
      trace: (event, operation) => events.push(`${operation} ${event}`),
    })
    const token = await tokenFor(service)
    await acquirer.fault('authorize', { kind: 'commit-then-cut' })
    await service.authorize(request(token))
    await acquirer.listen(false)
    await service.inquire('1')
    expect(events).toEqual(['tokens request-sent', 'tokens answer-received', 'authorize request-sent'])
  })

  it('says "sent" not before the far side can have it', async () => {
    const mark = await acquirer.mark()
    let order = ''
    const service = acquirer.service('sim-key', { trace: (event) => (order += `${event} `) })
    await acquirer.fault('handshake', { kind: 'slow' })
    const answer = service.identify()
    await acquirer.waitFor('handshake', 'arrived', mark)
    expect(order).toBe('request-sent ')
    await acquirer.release()
    expect(await answer).toMatchObject({ service: 'sim-key' })
  })

  it('lets the request that runs end when it is closed', async () => {
    const service = acquirer.service('sim-key')
    const token = await tokenFor(service)
    const mark = await acquirer.mark()
    await acquirer.fault('authorize', { kind: 'slow' })
    const answer = service.authorize(request(token))
    await acquirer.waitFor('authorize', 'arrived', mark)
    const closed = service.close()
    await acquirer.release()
    expect(await answer).toMatchObject({ kind: 'approved' })
    await closed
  })

  it('does not wait without end for a request that hangs when it is closed', async () => {
    const service = acquirer.service('sim-key')
    const token = await tokenFor(service)
    const mark = await acquirer.mark()
    await acquirer.fault('authorize', { kind: 'hang' })
    const answer = service.authorize(request(token))
    await acquirer.waitFor('authorize', 'arrived', mark)
    await service.close()
    expect(await answer).toEqual({ kind: 'trouble', sent: true, cause: 'cut' })
  })
})

describe('the frame on its way', () => {
  it('is lent, not changed, and the caller can wipe it', async () => {
    const bytes = keyedBytes()
    const frame = frameOf(bytes)
    const copy = Buffer.from(bytes)
    expect(await acquirer.service().tokenize(frame)).toMatchObject({
      kind: 'tokenized',
      masked: '411111******1111',
    })
    expect(bytes.equals(copy)).toBe(true)
    frame.wipe()
    expect(bytes.every((byte) => byte === 0)).toBe(true)
  })

  it('is only its own part of a larger buffer', async () => {
    const bytes = keyedBytes({ pan: '5555555555554444' })
    const pool = new Uint8Array(bytes.length + 64).fill(0xaa)
    pool.set(bytes, 32)
    const part = pool.subarray(32, 32 + bytes.length)
    const frame = new CardFrame(part, frameOf(part).facts)
    expect(await acquirer.service().tokenize(frame)).toMatchObject({ kind: 'tokenized', brand: 'Mastercard' })
  })

  it('given up by the operator, gives no token', async () => {
    const service = acquirer.service()
    const mark = await acquirer.mark()
    const cancel = new AbortController()
    await acquirer.fault('tokens', { kind: 'slow' })
    const answer = service.tokenize(keyedFrame(), cancel.signal)
    await acquirer.waitFor('tokens', 'arrived', mark)
    cancel.abort()
    expect(await answer).toEqual({ kind: 'trouble', sent: true, cause: 'cut' })
    await acquirer.release()
  })

  it('that was wiped cannot be sent', async () => {
    const frame = keyedFrame()
    frame.wipe()
    await expect(acquirer.service().tokenize(frame)).rejects.toThrow('wiped')
  })
})

describe('who the far side is', () => {
  const servers: Server[] = []
  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
  })

  /** A service of a company that is no simulator, whatever it says of itself. */
  async function realService(organization: string) {
    const made = await generate([{ name: 'organizationName', value: organization }], { keyType: 'ec' })
    let connections = 0
    const server = createServer({ key: made.private, cert: made.cert }, (_request, response) => {
      response.end(
        JSON.stringify({
          service: 'Uketsuke Simulator',
          simulator: true,
          capabilities: {
            idempotency: 'key',
            maxProcessingMs: 60_000,
            holdMs: 86_400_000,
            zeroAmountCheck: false,
            partialRefund: true,
          },
        }),
      )
    })
    server.on('secureConnection', () => (connections += 1))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    servers.push(server)
    const service = httpPaymentService({
      id: 'real',
      name: 'A real service',
      url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
      fingerprint256: new X509Certificate(made.cert).fingerprint256,
      merchantKey: 'k',
    })
    return { service, server, connections: () => connections }
  }

  it('is told by the certificate, not by its words', async () => {
    const real = await realService('Example Payments KK')
    expect(await real.service.identify()).toMatchObject({ name: 'A real service', simulator: false })
    await real.service.close()
  })

  it('keeps its lines for many requests, and makes new ones when they were cut', async () => {
    const real = await realService('Example Payments KK')
    for (let turn = 0; turn < 20; turn += 1) await real.service.identify()
    const before = real.connections()
    expect(before).toBeLessThanOrEqual(2)
    real.server.closeAllConnections()
    // The first request after the cut may meet the dead line; it must say so, and the next one works.
    await real.service.identify()
    expect(await real.service.identify()).toMatchObject({ simulator: false })
    expect(real.connections()).toBeGreaterThan(before)
    await real.service.close()
  })

  it('decides in which mode it may be used', async () => {
    const simulator = await acquirer.service().identify()
    const real = await realService('Example Payments KK')
    const other = await real.service.identify()
    await real.service.close()
    const verdict = (identity: typeof simulator, mode: 'training' | 'production') =>
      acceptService(identity as ServiceIdentity, mode)
    expect(verdict(simulator, 'training')).toBeNull()
    expect(verdict(simulator, 'production')).toBe('simulator-in-production')
    expect(verdict(other, 'training')).toBe('real-service-in-training')
    expect(verdict(other, 'production')).toBeNull()
  })
})
