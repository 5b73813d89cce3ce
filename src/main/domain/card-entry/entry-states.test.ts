import { describe, expect, it } from 'vitest'
import { checkTransitions } from '../payments/payment-states'
import { ENTRY_EVENTS, ENTRY_STATES, ENTRY_TRANSITIONS, nextEntryState } from './entry-states'

const ENDS = ['done', 'cancelled', 'timed-out', 'failed'] as const

describe('one card entry', () => {
  it('reaches every state, uses every event, and has one answer to each', () => {
    expect(() => checkTransitions(ENTRY_TRANSITIONS, ENTRY_STATES, ENTRY_EVENTS, 'waiting')).not.toThrow()
  })

  it.each(ENDS)('nothing leaves %s', (end) => {
    for (const event of ENTRY_EVENTS) expect(() => nextEntryState(end, event)).toThrow('card entry cannot')
  })

  it('can be given up from everywhere else, and times out only while the keypad is held', () => {
    for (const state of ['waiting', 'receiving', 'tokenizing'] as const) {
      expect(nextEntryState(state, 'given-up')).toBe('cancelled')
    }
    expect(() => nextEntryState('tokenizing', 'time-over')).toThrow('card entry cannot')
  })

  it('a misread waits again', () => {
    expect(nextEntryState('receiving', 'misread')).toBe('waiting')
  })
})
