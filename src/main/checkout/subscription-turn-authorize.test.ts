import { expect, it } from 'vitest'
import type { AuthorizeRequest, AuthorizeResult, PaymentService } from '../gateways/payment-service.port'
import { TurnGate, type TurnAttempt, type TurnDeps } from './subscription-turn-authorize'

const APPROVED: AuthorizeResult = {
  kind: 'approved',
  serviceTransactionId: 'txn',
  approvalCode: '1',
  holdUntil: null,
}
const busy = (retryAfterMs: number | null): AuthorizeResult => ({
  kind: 'trouble',
  sent: false,
  cause: 'busy',
  retryAfterMs,
})
const began = performance.now()
const now = () => 1_000_000 + Math.floor(performance.now() - began)
const never = () => false

const attempts = (count: number): TurnAttempt[] =>
  Array.from({ length: count }, (_, at) => ({
    paymentId: `p${at}`,
    operationId: `o${at}`,
    idempotencyKey: `k${at}`,
    cycleId: '',
    orderId: '',
    checkoutId: '',
    subscriptionId: '',
    runId: null,
    turn: 1,
    amount: 1,
    token: 't',
    cardExpiry: '3012',
    firstTransactionId: null,
    tries: 0,
    nextGenerateOn: null,
    held: false,
    begunAt: now(),
  }))

/** A gate before a service that answers as it is told; every request with its time. */
function gateTo(
  answer: (request: AuthorizeRequest, times: number) => Promise<AuthorizeResult>,
  requestsPerSecond?: number,
) {
  const asked: { key: string; at: number }[] = []
  const service: Pick<PaymentService, 'authorize'> = {
    authorize: (request) => {
      asked.push({ key: request.idempotencyKey, at: now() })
      return answer(request, asked.filter(({ key }) => key === request.idempotencyKey).length)
    },
  }
  const deps: TurnDeps = { clock: { now } }
  const capabilities = { maxProcessingMs: 20_000, requestsPerSecond }
  return { asked, gate: new TurnGate(deps, { service, capabilities }) }
}

it('eight charges are under way at a time, and all get their answer', async () => {
  let [going, most] = [0, 0]
  const { gate } = gateTo(async () => {
    most = Math.max(most, ++going)
    await new Promise((go) => setTimeout(go, 5))
    going--
    return APPROVED
  })
  const answered = await gate.ask(attempts(50), never)
  expect(most).toBe(8)
  expect(new Set(answered.map(({ attempt }) => attempt.paymentId)).size).toBe(50)
})

it('asks no faster than the service allows', async () => {
  const { asked, gate } = gateTo(async () => APPROVED, 100)
  await gate.ask(attempts(20), never)
  const times = asked.map(({ at }) => at).toSorted((a, b) => a - b)
  // 19 gaps of 10 ms; a timer may wake a millisecond early.
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(180)
})

it('429 is waited for as the service asks, and the same request is sent again', async () => {
  const { asked, gate } = gateTo(async ({ idempotencyKey }, times) =>
    idempotencyKey === 'k0' && times === 1 ? busy(120) : APPROVED,
  )
  const [first] = attempts(1)
  if (!first) throw new Error('no attempt')
  const answered = await gate.ask([first], never)
  expect(answered.map(({ answer }) => answer.kind)).toEqual(['approved'])
  expect(asked.map(({ key }) => key)).toEqual(['k0', 'k0'])
  expect((asked[1]?.at ?? 0) - (asked[0]?.at ?? 0)).toBeGreaterThanOrEqual(119)
})

it('nobody else asks while the service wants to be left alone', async () => {
  let turnedAwayAt = 0
  const { asked, gate } = gateTo(async ({ idempotencyKey }, times) => {
    if (idempotencyKey !== 'k3' || times > 1) return APPROVED
    turnedAwayAt = now()
    return busy(100)
  }, 200)
  await gate.ask(attempts(12), never)
  const meanwhile = asked.filter(({ at }) => at > turnedAwayAt + 3 && at < turnedAwayAt + 98)
  expect(meanwhile).toEqual([])
  expect(asked).toHaveLength(13)
})

it('a service that asks for too long is down: nothing is booked, nothing more is asked', async () => {
  const { asked, gate } = gateTo(async () => busy(3_600_000))
  const answered = await gate.ask(attempts(30), never)
  expect(gate.isDown).toBe(true)
  expect(asked.length).toBeLessThanOrEqual(8)
  expect(answered.every(({ answer }) => answer.kind === 'trouble' && !answer.sent)).toBe(true)
})

it('whoever closes the desk does not wait for the service', async () => {
  let closing = false
  const { asked, gate } = gateTo(async () => {
    closing = true
    return busy(200_000)
  })
  const answered = await gate.ask(attempts(1), () => closing)
  expect(asked).toHaveLength(1)
  expect(answered[0]?.answer).toMatchObject({ kind: 'trouble', sent: false })
})
