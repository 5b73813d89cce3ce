import { describe, expect, it } from 'vitest'
import { checkTransitions } from '../payments/payment-states'
import {
  OPTION_EVENTS,
  OPTION_STATES,
  OPTION_TRANSITIONS,
  optionAfter,
  optionEventsFrom,
} from './option-states'

describe('the contract with the provider', () => {
  it('reaches every state, uses every event, and is never ambiguous', () => {
    expect(() =>
      checkTransitions(OPTION_TRANSITIONS, OPTION_STATES, OPTION_EVENTS, 'not-applied'),
    ).not.toThrow()
  })

  it('knows no shortcut: an application comes before use, and use before a stop', () => {
    const steps = OPTION_STATES.flatMap((from) =>
      OPTION_EVENTS.map((event) => [from, event, optionAfter(from, event)] as const),
    ).filter(([, , to]) => to !== null)
    expect(steps).toEqual([
      ['not-applied', 'apply', 'applied'],
      ['applied', 'withdraw', 'not-applied'],
      ['applied', 'answer', 'in-use'],
      ['in-use', 'stop', 'stopped'],
      ['stopped', 'apply', 'applied'],
    ])
    expect(optionEventsFrom('applied').toSorted()).toEqual(['answer', 'withdraw'])
  })
})
