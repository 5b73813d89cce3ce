import { expect, it } from 'vitest'
import { CallGate, MAX_WAITING, SHOWN_MS } from './call-gate'
import type { Caller } from './caller'

const number = (phone: string): Caller => ({ kind: 'number', phone })
const NAMELESS: Caller = { kind: 'withheld', phone: '' }

function rung(gate: CallGate, caller: Caller, now: number): string {
  const verdict = gate.judge(caller, now)
  if (verdict.kind === 'new') gate.opened(`${caller.phone}@${now}`, caller, now)
  return verdict.kind
}

it('the same number again is the same call, as long as it waits', () => {
  const gate = new CallGate()
  expect(rung(gate, number('0312345678'), 0)).toBe('new')
  for (let ring = 1; ring < 1000; ring++) expect(rung(gate, number('0312345678'), ring)).toBe('repeat')
  expect(gate.judge(number('0312345678'), 1000)).toMatchObject({ id: '0312345678@0', times: 1001 })
  expect(rung(gate, number('0312345678'), 1000 + SHOWN_MS)).toBe('new')
})

it('a telephone that tells of a call again when it is picked up does not ring twice; a call later does', () => {
  const gate = new CallGate()
  rung(gate, number('0312345678'), 0)
  gate.closed('0312345678@0', 5_000)
  expect(rung(gate, number('0312345678'), 6_000)).toBe('repeat')
  expect(rung(gate, number('0312345678'), 15_001)).toBe('new')
})

it('two callers without a number are two calls, a burst is one', () => {
  const gate = new CallGate()
  expect([0, 100, 200].map((at) => rung(gate, NAMELESS, at))).toEqual(['new', 'repeat', 'repeat'])
  expect(rung(gate, NAMELESS, 10_000)).toBe('new')
})

it('a thousand different numbers make a queue of twenty, and the rest is counted', () => {
  const gate = new CallGate()
  const verdicts = Array.from({ length: 1000 }, (_, at) => rung(gate, number(`03${10_000_000 + at}`), at))
  expect(verdicts.filter((kind) => kind === 'new')).toHaveLength(MAX_WAITING)
  expect(gate.dropped).toEqual({ count: 1000 - MAX_WAITING, at: 999 })
  gate.forgetDropped()
  expect(gate.dropped).toBeNull()
})

it('even when each is passed over at once, thirty a minute are all that ring', () => {
  const gate = new CallGate()
  let news = 0
  for (let at = 0; at < 1000; at++) {
    const caller = number(`03${10_000_000 + at}`)
    if (rung(gate, caller, at) === 'new') news += 1
    gate.closed(`${caller.phone}@${at}`, at)
  }
  expect(news).toBe(30)
  expect(rung(gate, number('0399999999'), 61_000)).toBe('new')
})
