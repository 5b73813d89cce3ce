import { describe, expect, it } from 'vitest'
import {
  checkTransitions,
  nextState,
  PAYMENT_EVENTS,
  PAYMENT_STATES,
  PAYMENT_TRANSITIONS,
  type PaymentEvent,
  type PaymentState,
  type Transition,
} from './payment-states'

const check = (table: readonly Transition<PaymentState, PaymentEvent>[]) =>
  checkTransitions(table, PAYMENT_STATES, PAYMENT_EVENTS, 'unknown')

describe('the payment machine', () => {
  it('reaches every state and uses every event', () => {
    expect(() => check(PAYMENT_TRANSITIONS)).not.toThrow()
  })

  it('is refused when a state is out of reach, an event unused or an answer doubled', () => {
    const without = (state: PaymentState) => PAYMENT_TRANSITIONS.filter((row) => row.to !== state)
    expect(() => check(without('refunded'))).toThrow(/refunded/)
    expect(() => check(PAYMENT_TRANSITIONS.filter((row) => row.event !== 'never-booked'))).toThrow(
      /never-booked/,
    )
    expect(() =>
      check([...PAYMENT_TRANSITIONS, { from: 'unknown', event: 'approved', to: 'failed' }]),
    ).toThrow(/unknown approved/)
  })

  it('never leaves an end state and never voids what was captured', () => {
    for (const end of ['voided', 'refunded', 'failed'] as const) {
      for (const event of PAYMENT_EVENTS) expect(() => nextState(end, event)).toThrow()
    }
    expect(() => nextState('captured', 'voided')).toThrow()
    expect(nextState('unknown', 'approved')).toBe('authorized')
  })
})
