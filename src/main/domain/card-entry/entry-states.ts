import type { Transition } from '../payments/payment-states'

/** States of one card entry, from the popup to its end; the popup shows each under its own words. */
export const ENTRY_STATES = [
  'waiting',
  'receiving',
  'tokenizing',
  'done',
  'cancelled',
  'timed-out',
  'failed',
] as const
export type EntryState = (typeof ENTRY_STATES)[number]

/** What can happen during an entry. */
export const ENTRY_EVENTS = [
  'first-byte',
  'misread',
  'frame',
  'token',
  'refused',
  'time-over',
  'trouble',
  'given-up',
] as const
export type EntryEvent = (typeof ENTRY_EVENTS)[number]

/**
 * The whole machine. A misread goes back to waiting under the same deadline; once a frame is complete the keypad is
 * let go and the time is no longer counted; nothing leaves the four ends.
 */
export const ENTRY_TRANSITIONS: readonly Transition<EntryState, EntryEvent>[] = [
  { from: 'waiting', event: 'first-byte', to: 'receiving' },
  { from: 'waiting', event: 'misread', to: 'waiting' },
  { from: 'waiting', event: 'frame', to: 'tokenizing' },
  { from: 'waiting', event: 'time-over', to: 'timed-out' },
  { from: 'waiting', event: 'trouble', to: 'failed' },
  { from: 'waiting', event: 'given-up', to: 'cancelled' },
  { from: 'receiving', event: 'first-byte', to: 'receiving' },
  { from: 'receiving', event: 'misread', to: 'waiting' },
  { from: 'receiving', event: 'frame', to: 'tokenizing' },
  { from: 'receiving', event: 'time-over', to: 'timed-out' },
  { from: 'receiving', event: 'trouble', to: 'failed' },
  { from: 'receiving', event: 'given-up', to: 'cancelled' },
  { from: 'tokenizing', event: 'token', to: 'done' },
  { from: 'tokenizing', event: 'refused', to: 'failed' },
  { from: 'tokenizing', event: 'given-up', to: 'cancelled' },
]

/** The state after an event. Throws when the machine has no such step: a defect, never an operator's mistake. */
export function nextEntryState(from: EntryState, event: EntryEvent): EntryState {
  const step = ENTRY_TRANSITIONS.find((row) => row.from === from && row.event === event)
  if (!step) throw new Error(`card entry cannot go from ${from} by ${event}`)
  return step.to
}
