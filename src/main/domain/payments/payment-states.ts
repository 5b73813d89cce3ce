/** States of one payment (取引); the words of the screens stand in the renderer's locales. */
export const PAYMENT_STATES = [
  'unknown',
  'authorized',
  'captured',
  'partially-refunded',
  'refunded',
  'voided',
  'failed',
] as const
export type PaymentState = (typeof PAYMENT_STATES)[number]

/** What can happen to a payment. Every one is a fact about the service's books, never a wish. */
export const PAYMENT_EVENTS = [
  'approved',
  'declined',
  'never-booked',
  'captured',
  'voided',
  'hold-expired',
  'partly-refunded',
  'fully-refunded',
] as const
export type PaymentEvent = (typeof PAYMENT_EVENTS)[number]

export interface Transition<State, Event> {
  readonly from: State
  readonly event: Event
  readonly to: State
}

/** The whole machine. What is not listed cannot happen: `nextState` refuses it. */
export const PAYMENT_TRANSITIONS: readonly Transition<PaymentState, PaymentEvent>[] = [
  { from: 'unknown', event: 'approved', to: 'authorized' },
  { from: 'unknown', event: 'declined', to: 'failed' },
  { from: 'unknown', event: 'never-booked', to: 'failed' },
  { from: 'unknown', event: 'captured', to: 'captured' },
  { from: 'unknown', event: 'voided', to: 'voided' },
  { from: 'unknown', event: 'hold-expired', to: 'voided' },
  { from: 'authorized', event: 'captured', to: 'captured' },
  { from: 'authorized', event: 'voided', to: 'voided' },
  { from: 'authorized', event: 'hold-expired', to: 'voided' },
  { from: 'captured', event: 'partly-refunded', to: 'partially-refunded' },
  { from: 'captured', event: 'fully-refunded', to: 'refunded' },
  { from: 'partially-refunded', event: 'partly-refunded', to: 'partially-refunded' },
  { from: 'partially-refunded', event: 'fully-refunded', to: 'refunded' },
]

/** The state after an event. Throws when the machine has no such step: a defect, never an operator's mistake. */
export function nextState(from: PaymentState, event: PaymentEvent): PaymentState {
  const step = PAYMENT_TRANSITIONS.find((row) => row.from === from && row.event === event)
  if (!step) throw new Error(`payment cannot go from ${from} by ${event}`)
  return step.to
}

/**
 * Throws when a table of transitions has a state that cannot be reached from `start`, an event that is never
 * used, or two answers to one event. Called when the program starts.
 */
export function checkTransitions<State extends string, Event extends string>(
  table: readonly Transition<State, Event>[],
  states: readonly State[],
  events: readonly Event[],
  start: State,
): void {
  const reached = new Set<State>([start])
  for (let grew = true; grew;) {
    grew = false
    for (const { from, to } of table) {
      if (!reached.has(from) || reached.has(to)) continue
      reached.add(to)
      grew = true
    }
  }
  const lost = states.filter((state) => !reached.has(state))
  const unused = events.filter((event) => !table.some((row) => row.event === event))
  const keys = table.map((row) => `${row.from} ${row.event}`)
  const doubled = keys.filter((key, index) => keys.indexOf(key) !== index)
  const faults = [...lost, ...unused, ...doubled]
  if (faults.length > 0) throw new Error(`transition table is broken at: ${faults.join(', ')}`)
}
