import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { TRANSACTION_CODES } from '../../src/contract/transaction-codes'
import type { AuthorizeResult, PaymentService } from '../../src/main/gateways/payment-service.port'
import { newId } from '../../src/main/platform/ids'
import { Operation } from '../../src/simulator/acquirer/faults'
import {
  acquirerFolder,
  frameOf,
  keyedBytes,
  keyedFrame,
  startAcquirer,
  tokenFor,
  type AcquirerProcess,
} from '../support/acquirer'

interface Row {
  readonly code: string
  readonly raisedBy: string
  readonly triggers: readonly string[]
}

const README = resolve(import.meta.dirname, '../../src/simulator/acquirer/README.md')

/** The published table, as a reader finds it. */
const rows: readonly Row[] = readFileSync(README, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const match = /^\| (\d{3}) \| [^|]+ \| ([a-z-]+) \| ([^|]+) \|$/.exec(line)
    if (!match?.[1] || !match[2] || !match[3]) return []
    const triggers = [...match[3].matchAll(/`([^`]+)`/g)].flatMap((found) => found[1] ?? [])
    return [{ code: match[1], raisedBy: match[2], triggers }]
  })

const { folder, remove } = acquirerFolder()
let acquirer: AcquirerProcess
let service: PaymentService

beforeAll(async () => {
  acquirer = await startAcquirer(folder)
  service = acquirer.service('sim-key')
})
afterEach(() => acquirer.clear())
afterAll(async () => {
  await acquirer.stop()
  remove()
})

const ids = () => ({ idempotencyKey: newId(), paymentId: newId() })
const pay = (token: string, amount: number, paymentId = newId()) =>
  service.authorize({
    idempotencyKey: newId(),
    paymentId,
    token,
    amount,
    moto: true,
    initiator: 'customer',
  })

/** A payment that was authorized and captured, ready for its refund. */
async function sale(amount: number) {
  const paymentId = newId()
  const approved = await pay(await tokenFor(service), amount, paymentId)
  if (approved.kind !== 'approved') throw new Error(`not authorized: ${JSON.stringify(approved)}`)
  const step = { paymentId, serviceTransactionId: approved.serviceTransactionId, amount }
  expect(await service.capture({ idempotencyKey: newId(), ...step })).toMatchObject({ kind: 'approved' })
  return step
}

async function switched(operation: Operation, code: string) {
  const token = await tokenFor(service)
  const paymentId = newId()
  const first = operation === 'authorize' ? null : await pay(token, 1000, paymentId)
  await acquirer.fault(operation, { kind: 'decline', code })
  const step = {
    ...ids(),
    paymentId,
    serviceTransactionId: first?.kind === 'approved' ? first.serviceTransactionId : '',
    amount: 1000,
  }
  switch (operation) {
    case 'tokens':
      return service.tokenize(keyedFrame())
    case 'authorize':
      return pay(token, 1000, paymentId)
    case 'capture':
    case 'void':
    case 'refund':
      return service[operation](step)
    case 'inquire':
    case 'handshake':
      throw new Error(`${operation} has no codes`)
  }
}

/** Does what a trigger says and gives the service's answer. */
async function pull(trigger: string, code: string) {
  const [word = '', value = ''] = trigger.split(' ')
  switch (word) {
    case 'total':
      return pay(await tokenFor(service), Number(value))
    case 'refund-total':
      return service.refund({ idempotencyKey: newId(), ...(await sale(Number(value))) })
    case 'card':
      return pay(await tokenFor(service, { pan: value }), 1000)
    case 'keyed':
      return service.tokenize(keyedFrame({ pan: value }))
    case 'expiry':
      return service.tokenize(keyedFrame({ expiry: value }))
    case 'frame': {
      const bytes = keyedBytes()
      bytes[40] = (bytes[40] ?? 0) ^ 1
      return service.tokenize(frameOf(bytes))
    }
    case 'void':
      return service.void({ idempotencyKey: newId(), ...(await sale(1000)) })
    case 'late': {
      const sold = await sale(1000)
      await acquirer.advanceClock(181 * 86_400_000)
      return service.refund({ idempotencyKey: newId(), ...sold })
    }
    case 'switch':
      return switched(Operation.parse(value), code)
    default:
      throw new Error(`unknown trigger: ${trigger}`)
  }
}

const codeOf = (answer: { kind: string } | AuthorizeResult): string | null =>
  answer.kind === 'declined' && 'code' in answer ? answer.code : null

describe('the published table of transaction codes', () => {
  it('has every code once, raised by whom the desk thinks', () => {
    expect(rows.map(({ code, raisedBy }) => [code, raisedBy])).toEqual(
      Object.entries(TRANSACTION_CODES).map(([code, { raisedBy }]) => [code, raisedBy]),
    )
  })

  it('has a trigger for each', () => {
    expect(rows.filter(({ triggers }) => triggers.length === 0)).toEqual([])
  })

  it.each(rows.flatMap(({ code, triggers }) => triggers.map((trigger) => [code, trigger] as const)))(
    '%s comes from %s',
    async (code, trigger) => {
      expect(codeOf(await pull(trigger, code))).toBe(code)
    },
  )

  it('tells the triggers apart: without one, all is approved', async () => {
    const sold = await sale(9_899_999)
    expect(await service.refund({ idempotencyKey: newId(), ...sold })).toMatchObject({ kind: 'approved' })
    expect(await pay(await tokenFor(service), 9_999_999)).toMatchObject({ kind: 'approved' })
  })
})
