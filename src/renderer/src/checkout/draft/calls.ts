import type { DeskForm, DeskView } from './state'

interface Ref {
  readonly checkoutId: string
  readonly version: number
}

/** What a draft asks of main. The typed client fits as it is; tests bring their own. */
export interface CheckoutCalls {
  get(input: { checkoutId: string }): Promise<DeskView>
  save(input: Ref & { form: DeskForm }): Promise<DeskView>
  proceed(input: Ref): Promise<DeskView>
  inquire(input: { checkoutId: string }): Promise<DeskView>
  back(input: Ref & { authorization: 'keep' | 'void' }): Promise<DeskView>
  confirm(input: Ref & { readSentenceIds: string[] }): Promise<DeskView>
  hold(input: Ref & { on: boolean }): Promise<DeskView>
  discard(input: Ref): Promise<DeskView>
}

/** A field that main refused, with its path in the form. */
export interface Fault {
  readonly path: string
  readonly message: string
}

/** What a refused call means for a draft. */
export type Refused =
  /** Another window or the timer has changed the draft or its stage. */
  | { readonly kind: 'moved' }
  /** Signed out or locked: the shell asks for the password; nothing is lost. */
  | { readonly kind: 'shut' }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  | { readonly kind: 'trouble'; readonly message: string | null; readonly supportCode: string | null }

/** Reads the meaning of a refusal out of what a call threw. */
export type ReadRefusal = (error: unknown) => Refused
