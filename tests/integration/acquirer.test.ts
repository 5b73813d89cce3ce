import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuthorizeRequest } from '../../src/main/gateways/payment-service.port'
import { newId } from '../../src/main/platform/ids'
import {
  acquirerFolder,
  frameOf,
  keyedBytes,
  keyedFrame,
  SERVICE_IDS,
  startAcquirer,
  tokenFor,
  type AcquirerProcess,
} from '../support/acquirer'
import { flippedFrame, keyedFrames, swipeFrame } from '../support/keypad-vectors'

const DAY = 86_400_000
const { folder, remove } = acquirerFolder()
let acquirer: AcquirerProcess

beforeAll(async () => {
  acquirer = await startAcquirer(folder)
})
afterAll(async () => {
  await acquirer.stop()
  remove()
})

const request = (token: string, more: Partial<AuthorizeRequest> = {}): AuthorizeRequest => ({
  idempotencyKey: newId(),
  paymentId: newId(),
  token,
  amount: 3_980,
  moto: true,
  initiator: 'customer',
  ...more,
})

const approvedOf = <T extends { kind: string }>(answer: T): Extract<T, { kind: 'approved' }> => {
  if (answer.kind !== 'approved') throw new Error(`not approved: ${JSON.stringify(answer)}`)
  return answer as Extract<T, { kind: 'approved' }>
}

const bookedAs = async (paymentId: string) =>
  (await acquirer.books()).payments.filter((payment) => payment.payment_id === paymentId)
const operationsOf = async (paymentId: string) =>
  (await acquirer.books()).operations
    .filter((operation) => operation.payment_id === paymentId)
    .map(({ kind, outcome }) => `${kind} ${outcome}`)

/** A good frame with one byte changed, counted from its end. */
function changed(at: number): Buffer {
  const bytes = keyedBytes()
  bytes[bytes.length + at] = (bytes.at(at) ?? 0) ^ 1
  return bytes
}

describe('a frame becomes a token', () => {
  it.each(keyedFrames.map((vector) => [vector.id, vector] as const))('%s', async (_id, vector) => {
    const answer = await acquirer.service().tokenize(frameOf(Buffer.from(vector.bytes, 'hex')))
    expect(answer).toEqual({
      kind: 'tokenized',
      token: expect.stringMatching(/^tok_/),
      brand: vector.id === 'D12' ? 'JCB' : 'VISA',
      masked: `${vector.pan.slice(0, 6)}******${vector.pan.slice(-4)}`,
      expiryYYMM: vector.expiry,
    })
  })

  it.each([
    ['4242424242424242', 'VISA'],
    ['5555555555554444', 'Mastercard'],
    ['2223003122003222', 'Mastercard'],
    ['3566002020360505', 'JCB'],
    ['378282246310005', 'American Express'],
    ['30569309025904', 'Diners Club'],
  ])('%s is %s, in every format and cipher', async (pan, brand) => {
    for (const [counter, how] of [{ format: '85' }, { cipher: 'AES' }, {}].entries()) {
      const answer = await acquirer
        .service()
        .tokenize(keyedFrame({ pan, counter: counter + 1, ...how } as Parameters<typeof keyedFrame>[0]))
      expect(answer).toMatchObject({ kind: 'tokenized', brand, expiryYYMM: '3012' })
      expect(answer).toMatchObject({
        masked: expect.stringMatching(`^${pan.slice(0, 6)}\\*+${pan.slice(-4)}$`),
      })
    }
  })

  it.each([
    ['a flipped bit', Buffer.from(flippedFrame, 'hex'), '203', 'frame'],
    ['a wrong XOR byte', changed(-3), '203', 'frame'],
    ['a wrong sum byte', changed(-2), '203', 'frame'],
    ['no end byte', changed(-1), '203', 'frame'],
    ['a swipe', Buffer.from(swipeFrame, 'hex'), '203', 'frame'],
    ['nothing', Buffer.alloc(0), '203', 'frame'],
    ['noise', Buffer.alloc(200, 7), '203', 'frame'],
    ['a wrong check digit', keyedBytes({ pan: '4111111111111112' }), '203', 'check-digit'],
    ['a number that is no test card', keyedBytes({ pan: '4000000000000010' }), '203', 'not-a-test-card'],
    ['an expiry that is no month', keyedBytes({ expiry: '3013' }), '203', 'expiry-shape'],
    ['an expired card', keyedBytes({ expiry: '2001' }), '101', 'expired'],
    ['a brand that is not taken', keyedBytes({ pan: '6011111111111117' }), '201', 'brand'],
  ])('%s gets none', async (_what, bytes, code, rawCode) => {
    expect(await acquirer.service().tokenize(frameOf(bytes))).toEqual({ kind: 'declined', code, rawCode })
  })

  it('belongs to the service that gave it', async () => {
    const token = await tokenFor(acquirer.service('sim-key'))
    const answer = await acquirer.service('sim-none').authorize(request(token))
    expect(answer).toMatchObject({ kind: 'declined', code: '101', rawCode: 'no-such-token' })
  })
})

const conflict = (rawCode: string) => ({ status: 409, body: { kind: 'declined', code: '999', rawCode } })
const unclear = { kind: 'trouble', sent: true, cause: 'server-error' }

describe('a repeated authorization', () => {
  it('key: gets the first answer, and a key with another body is refused', async () => {
    const service = acquirer.service('sim-key')
    const first = request(await tokenFor(service))
    const answer = await service.authorize(first)
    expect(await service.authorize(first)).toEqual(answer)
    const other = await acquirer.raw('sim-key', '/v1/payments', { ...first, amount: 1 })
    expect(other).toEqual(conflict('key-with-another-body'))
    // The desk does not take that for a decline: the first request may hold money.
    expect(await service.authorize({ ...first, amount: 1 })).toEqual(unclear)
    expect(await bookedAs(first.paymentId)).toHaveLength(1)
  })

  it('key: a decline is repeated too, and a key of one step does not fit another', async () => {
    const service = acquirer.service('sim-key')
    const refused = request(await tokenFor(service), { amount: 9_900_102 })
    const answer = await service.authorize(refused)
    expect(await service.authorize(refused)).toEqual(answer)

    const held = request(await tokenFor(service))
    const { serviceTransactionId } = approvedOf(await service.authorize(held))
    const step = { idempotencyKey: newId(), paymentId: held.paymentId, serviceTransactionId, amount: 100 }
    approvedOf(await service.capture(step))
    const path = `/v1/payments/${held.paymentId}/refund`
    expect(await acquirer.raw('sim-key', path, step)).toEqual(conflict('key-with-another-body'))
  })

  it('order-id: is refused by its own code, but a declined one may be tried again', async () => {
    const service = acquirer.service('sim-order')
    const token = await tokenFor(service)
    const first = request(token)
    approvedOf(await service.authorize(first))
    const again = { ...first, idempotencyKey: newId() }
    expect(await acquirer.raw('sim-order', '/v1/payments', again)).toEqual(conflict('duplicate-order-id'))
    expect(await service.authorize(again)).toEqual(unclear)
    const declined = request(token, { amount: 9_900_102 })
    await service.authorize(declined)
    approvedOf(await service.authorize({ ...declined, idempotencyKey: newId(), amount: 500 }))
    expect(await bookedAs(first.paymentId)).toHaveLength(1)
  })

  it('none: charges again, and both can be released one by one', async () => {
    const service = acquirer.service('sim-none')
    const first = request(await tokenFor(service))
    const answers = [await service.authorize(first), await service.authorize(first)].map(approvedOf)
    expect(await bookedAs(first.paymentId)).toHaveLength(2)
    for (const { serviceTransactionId } of answers) {
      const step = { idempotencyKey: newId(), paymentId: first.paymentId, serviceTransactionId, amount: 0 }
      approvedOf(await service.void(step))
    }
    expect((await bookedAs(first.paymentId)).map(({ state }) => state)).toEqual(['voided', 'voided'])
  })
})

describe.each(SERVICE_IDS)('%s', (id) => {
  it('says what it can do', async () => {
    const idempotency = { 'sim-key': 'key', 'sim-order': 'order-id', 'sim-none': 'none' }[id]
    expect(await acquirer.service(id).identify()).toMatchObject({
      service: id,
      simulator: true,
      capabilities: { idempotency, zeroAmountCheck: true, partialRefund: true },
    })
  })

  it('captures, refunds in parts, and never more than was captured', async () => {
    const service = acquirer.service(id)
    const paid = request(await tokenFor(service), { amount: 5_000 })
    const { serviceTransactionId } = approvedOf(await service.authorize(paid))
    const { paymentId } = paid
    const step = (amount: number) => ({ idempotencyKey: newId(), paymentId, serviceTransactionId, amount })
    expect(await service.capture(step(5_001))).toMatchObject({ kind: 'declined', code: '501' })
    expect(await service.refund(step(1))).toMatchObject({ kind: 'declined', rawCode: 'state-authorized' })
    approvedOf(await service.capture(step(4_000)))
    expect(await service.void(step(0))).toMatchObject({ kind: 'declined', rawCode: 'state-captured' })
    approvedOf(await service.refund(step(1_500)))
    expect(await service.inquire(paymentId)).toMatchObject({
      kind: 'found',
      state: 'partially-refunded',
      capturedAmount: 4_000,
      refundedAmount: 1_500,
    })
    expect(await service.refund(step(2_501))).toMatchObject({ kind: 'declined' })
    approvedOf(await service.refund(step(2_500)))
    expect(await service.inquire(paymentId)).toMatchObject({ state: 'refunded', refundedAmount: 4_000 })
    expect(await operationsOf(paymentId)).toEqual([
      'authorize approved',
      'capture 501',
      'refund 501',
      'capture approved',
      'void 501',
      'refund approved',
      'refund 501',
      'refund approved',
    ])
  })

  it('lets a hold run out by itself', async () => {
    const service = acquirer.service(id)
    const held = request(await tokenFor(service))
    const { holdUntil, serviceTransactionId } = approvedOf(await service.authorize(held))
    const before = await acquirer.books()
    const at = before.payments.find((payment) => payment.payment_id === held.paymentId)?.created_at ?? 0
    const days = { 'sim-key': 30, 'sim-order': 60, 'sim-none': 7 }[id]
    expect(holdUntil).toBe(at + days * DAY)
    await acquirer.advanceClock(days * DAY)
    expect(await service.inquire(held.paymentId)).toMatchObject({ state: 'voided', holdUntil: null })
    expect(await operationsOf(held.paymentId)).toEqual(['authorize approved', 'expire approved'])
    const late = { idempotencyKey: newId(), paymentId: held.paymentId, serviceTransactionId, amount: 100 }
    expect(await service.capture(late)).toMatchObject({ kind: 'declined', rawCode: 'state-voided' })
  })

  it('checks a card with nothing to pay, and keeps what a recurring charge tells', async () => {
    const service = acquirer.service(id)
    const token = await tokenFor(service)
    const check = request(token, { amount: 0 })
    const first = approvedOf(await service.authorize(check))
    const turn = request(token, {
      initiator: 'merchant',
      moto: false,
      firstTransactionId: first.serviceTransactionId,
    })
    approvedOf(await service.authorize(turn))
    expect(await bookedAs(check.paymentId)).toMatchObject([{ amount: 0, moto: 1, initiator: 'customer' }])
    expect(await bookedAs(turn.paymentId)).toMatchObject([
      { moto: 0, initiator: 'merchant', first_transaction_id: first.serviceTransactionId },
    ])
  })

  it('knows nothing of a payment that it never had', async () => {
    expect(await acquirer.service(id).inquire(newId())).toEqual({ kind: 'not-found' })
  })
})
