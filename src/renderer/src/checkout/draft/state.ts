import type { CheckoutForm, CheckoutView } from '../../../../contract/checkout'
import type { Failure } from '../../../../contract/failures'
import type { Fault, Refused } from './calls'

export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed'
export type Running = 'proceed' | 'inquire' | 'hold' | 'back' | 'confirm' | 'hold' | 'discard'

/** One draft as the screen shows it. */
export interface DraftState {
  /** Latest answer of main. */
  readonly view: CheckoutView
  /** The form as it is on the screen; ahead of `view.form` until it is saved. */
  readonly form: CheckoutForm
  readonly save: SaveState
  readonly running: Running | null
  readonly faults: readonly Fault[]
  /** Counts refusals of the form, so that the screen leads to the first fault each time. */
  readonly refusals: number
  /** The failure on show: it stays while the operator types, until the next step answers. */
  readonly failure: Failure | null
  /** Set when another window has changed the draft: both contents are shown. */
  readonly conflict: CheckoutView | null
  readonly trouble: Extract<Refused, { kind: 'trouble' }> | null
}

export const firstState = (view: CheckoutView): DraftState => ({
  view,
  form: view.form,
  save: 'saved',
  running: null,
  faults: [],
  refusals: 0,
  failure: view.failure,
  conflict: null,
  trouble: null,
})
