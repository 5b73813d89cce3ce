import { OptionEvent, OptionState } from '../../../contract/options'
import type { Transition } from '../payments/payment-states'

export const OPTION_STATES = OptionState.options
export const OPTION_EVENTS = OptionEvent.options

/** The whole machine of the contract with the keypad's provider. What is not listed cannot happen. */
export const OPTION_TRANSITIONS: readonly Transition<OptionState, OptionEvent>[] = [
  { from: 'not-applied', event: 'apply', to: 'applied' },
  { from: 'applied', event: 'withdraw', to: 'not-applied' },
  { from: 'applied', event: 'answer', to: 'in-use' },
  { from: 'in-use', event: 'stop', to: 'stopped' },
  { from: 'stopped', event: 'apply', to: 'applied' },
]

/** The state after an event, or null when the machine has no such step. */
export const optionAfter = (from: OptionState, event: OptionEvent): OptionState | null =>
  OPTION_TRANSITIONS.find((row) => row.from === from && row.event === event)?.to ?? null

/** What may happen in a state. */
export const optionEventsFrom = (from: OptionState): OptionEvent[] =>
  OPTION_TRANSITIONS.filter((row) => row.from === from).map((row) => row.event)
