import type { CheckoutForm, CheckoutView } from '../../../../contract/checkout'
import type { Failure } from '../../../../contract/failures'
import type { Registration, Terms } from '../../features/subscription-registration/terms'
import type { Fault, Refused } from './calls'

export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed'
export type Running = 'proceed' | 'inquire' | 'hold' | 'back' | 'confirm' | 'hold' | 'discard'

/** The form of an order, or that of the first turn of a 定期 with the terms of the contract. */
export interface DeskForm extends CheckoutForm {
  readonly terms?: Terms
}

export interface DeskView extends CheckoutView {
  readonly form: DeskForm
  /** What main says of the registration of a 定期. */
  readonly registration?: Registration
}

/** One draft as the screen shows it. */
export interface DraftState {
  /** Latest answer of main. */
  readonly view: DeskView
  /** The form as it is on the screen; ahead of `view.form` until it is saved. */
  readonly form: DeskForm
  readonly save: SaveState
  readonly running: Running | null
  /** When the step that runs began, milliseconds since 1970. */
  readonly runningSince: number | null
  readonly faults: readonly Fault[]
  /** Counts refusals of the form, so that the screen leads to the first fault each time. */
  readonly refusals: number
  /** The failure on show: it stays while the operator types, until the next step answers. */
  readonly failure: Failure | null
  /** Set when another window has changed the draft: both contents are shown. */
  readonly conflict: DeskView | null
  readonly trouble: Extract<Refused, { kind: 'trouble' }> | null
}

export const firstState = (view: DeskView): DraftState => ({
  view,
  form: view.form,
  save: 'saved',
  running: null,
  runningSince: null,
  faults: [],
  refusals: 0,
  failure: view.failure,
  conflict: null,
  trouble: null,
})
