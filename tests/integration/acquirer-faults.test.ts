import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AuthorizeRequest, PaymentService } from '../../src/main/gateways/payment-service.port'
import { newId } from '../../src/main/platform/ids'
import type { Fault } from '../../src/simulator/acquirer/faults'
import { acquirerFolder, startAcquirer, tokenFor, type AcquirerProcess } from '../support/acquirer'

const { folder, remove } = acquirerFolder()
let acquirer: AcquirerProcess
let service: PaymentService
/** Gives up soon: for faults that never answer. */
let hasty: PaymentService
let token: string

beforeAll(async () => {
  acquirer = await startAcquirer(folder)
  service = acquirer.service('sim-key')
  hasty = acquirer.service('sim-key', { timeouts: { connectMs: 10_000, answerMs: 250 } })
  token = await tokenFor(service)
})
afterEach(async () => {
  await acquirer.release()
  await acquirer.clear()
})
afterAll(async () => {
  await acquirer.stop()
  remove()
})

const request = (): AuthorizeRequest => ({
  idempotencyKey: newId(),
  paymentId: newId(),
  token,
  amount: 3_980,
  moto: true,
  initiator: 'customer',
})

const bookings = async (paymentId: string) =>
  (await acquirer.books()).payments.filter((payment) => payment.payment_id === paymentId).length

const lost = (cause: string) => ({ kind: 'trouble', sent: true, cause })

describe('an authorization whose answer is lost', () => {
  const cases: readonly (readonly [Fault, string, number])[] = [
    [{ kind: 'hang' }, 'timeout', 0],
    [{ kind: 'cut' }, 'cut', 0],
    [{ kind: 'garbage' }, 'garbage', 0],
    [{ kind: 'server-error' }, 'server-error', 0],
    [{ kind: 'commit-then-500' }, 'server-error', 1],
    [{ kind: 'commit-then-cut' }, 'cut', 1],
    [{ kind: 'commit-then-garbage' }, 'garbage', 1],
    [{ kind: 'answer-late' }, 'timeout', 1],
  ]

  it.each(cases.map((row) => [row[0].kind, ...row] as const))(
    '%s: told as such, and the inquiry tells the truth',
    async (_name, fault, cause, booked) => {
      const wanted = request()
      const mark = await acquirer.mark()
      await acquirer.fault('authorize', fault)
      const adapter = cause === 'timeout' ? hasty : service
      expect(await adapter.authorize(wanted)).toEqual(lost(cause))
      // On a busy machine the desk may have given up before the service came to it.
      await acquirer.waitFor('authorize', booked === 1 ? 'booked' : 'arrived', mark)
      expect(await bookings(wanted.paymentId)).toBe(booked)
      expect(await service.inquire(wanted.paymentId)).toMatchObject(
        booked === 1
          ? { kind: 'found', state: 'authorized', operationKeys: [wanted.idempotencyKey] }
          : { kind: 'not-found' },
      )
      // A repeat with the same key comes to one booking, whatever happened before.
      expect(await service.authorize(wanted)).toMatchObject({ kind: 'approved' })
      expect(await bookings(wanted.paymentId)).toBe(1)
    },
  )

  it('"not found" although it will be booked: once, when it is let go', async () => {
    const wanted = request()
    const asked = await acquirer.mark()
    await acquirer.fault('authorize', { kind: 'not-found-then-commit' })
    expect(await hasty.authorize(wanted)).toEqual(lost('timeout'))
    await acquirer.waitFor('authorize', 'arrived', asked)
    expect(await service.inquire(wanted.paymentId)).toEqual({ kind: 'not-found' })
    const mark = await acquirer.mark()
    expect(await acquirer.release()).toBe(1)
    await acquirer.waitFor('authorize', 'booked', mark)
    expect(await service.inquire(wanted.paymentId)).toMatchObject({ kind: 'found', state: 'authorized' })
    expect(await bookings(wanted.paymentId)).toBe(1)
  })

  it('"not found" with a time of its own needs no hand', async () => {
    const wanted = request()
    const mark = await acquirer.mark()
    await acquirer.fault('authorize', { kind: 'not-found-then-commit', ms: 300 })
    expect(await hasty.authorize(wanted)).toEqual(lost('timeout'))
    await acquirer.waitFor('authorize', 'booked', mark)
    expect(await service.inquire(wanted.paymentId)).toMatchObject({ kind: 'found' })
  })
})

describe('an ordered fault', () => {
  it('slow: is answered when it is let go, not before it is booked', async () => {
    const wanted = request()
    const mark = await acquirer.mark()
    await acquirer.fault('authorize', { kind: 'slow' })
    const answer = service.authorize(wanted)
    await acquirer.waitFor('authorize', 'arrived', mark)
    expect(await bookings(wanted.paymentId)).toBe(0)
    await acquirer.release()
    expect(await answer).toMatchObject({ kind: 'approved' })
  })

  it('counts the requests of its own kind only', async () => {
    await acquirer.fault('authorize', { kind: 'decline', code: '301' }, 2)
    expect(await service.identify()).toMatchObject({ service: 'sim-key' })
    const kinds = [request(), request(), request()].map((wanted) => service.authorize(wanted))
    expect((await Promise.all(kinds)).map(({ kind }) => kind).sort()).toEqual([
      'approved',
      'declined',
      'declined',
    ])
  })

  it('is forgotten on clear', async () => {
    await acquirer.fault('inquire', { kind: 'server-error' }, 5)
    expect(await service.inquire(newId())).toEqual(lost('server-error'))
    await acquirer.clear()
    expect(await service.inquire(newId())).toEqual({ kind: 'not-found' })
  })

  it('works for the later steps as well', async () => {
    const wanted = request()
    const paid = await service.authorize(wanted)
    const serviceTransactionId = paid.kind === 'approved' ? paid.serviceTransactionId : ''
    const step = { idempotencyKey: newId(), paymentId: wanted.paymentId, serviceTransactionId, amount: 3_980 }
    await acquirer.fault('void', { kind: 'commit-then-500' })
    expect(await service.void(step)).toEqual(lost('server-error'))
    expect(await service.inquire(wanted.paymentId)).toMatchObject({
      state: 'voided',
      operationKeys: [wanted.idempotencyKey, step.idempotencyKey],
    })
  })
})

describe('a service that refuses connections', () => {
  it('has surely not been told, and is there again when it listens', async () => {
    await acquirer.listen(false)
    const wanted = request()
    expect(await service.authorize(wanted)).toEqual({ kind: 'trouble', sent: false, cause: 'refused' })
    await acquirer.listen(true)
    expect(await bookings(wanted.paymentId)).toBe(0)
    expect(await service.authorize(wanted)).toMatchObject({ kind: 'approved' })
  })

  it('is cut while it works: nobody can tell, the inquiry can', async () => {
    const wanted = request()
    const mark = await acquirer.mark()
    await acquirer.fault('authorize', { kind: 'answer-late' })
    const answer = service.authorize(wanted)
    await acquirer.waitFor('authorize', 'booked', mark)
    await acquirer.listen(false)
    expect(await answer).toEqual(lost('cut'))
    await acquirer.listen(true)
    expect(await service.inquire(wanted.paymentId)).toMatchObject({ kind: 'found', state: 'authorized' })
  })
})
