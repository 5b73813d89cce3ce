import type { Failure } from '../../contract/failures'
import type { KeypadEntryEvent } from '../../contract/keypad'
import type { KeyedCard, KeypadHolder, KeypadPort } from '../devices/keypad.port'
import { isUntrusted, readKeypad } from './1-keypad-read'
import { tokenize, type CardOwner } from './2-tokenization'
import { nextEntryState, type EntryEvent, type EntryState } from '../domain/card-entry/entry-states'
import type { ActiveService, CheckoutDeps } from './deps'
import { failureOf, inUseBy, type FailureCause } from './failures'
import type { KeypadLook, KeypadWatch } from './keypad-watch'

export interface CardEntryOptions {
  /** Null when テンキーパッド入力 is OFF. */
  readonly keypad: KeypadPort | null
  readonly holder: KeypadHolder
  readonly owner: CardOwner
  readonly watch: KeypadWatch
  /** False once the seat is locked or signed out: a card that comes then is not taken. */
  readonly seatIsOpen: () => boolean
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** A card entry that does not begin: says why, and ends. */
export async function* refusedEntry(cause: FailureCause): AsyncGenerator<KeypadEntryEvent, void, void> {
  yield { step: 'failed', failure: failureOf(cause) }
}

/**
 * One card entry from popup to token, as the popup shows it. Every menu uses this one path. The stream ends
 * with done, timed-out or failed; ending it from outside cancels the entry.
 */
export async function* enterCard(
  deps: CheckoutDeps,
  options: CardEntryOptions,
): AsyncGenerator<KeypadEntryEvent, void, void> {
  if (!options.keypad) return yield { step: 'failed', failure: failureOf('keypad-off') }
  const barred = await options.watch.allow()
  if (barred) return yield { step: 'failed', failure: barred }
  const choice = await deps.activeService()
  if (!choice.ready) return yield { step: 'failed', failure: failureOf(choice.cause) }
  const { active } = choice
  const { holder, timeoutMs, signal } = options
  const look: LookAhead = { begun: null }
  const onFirstByte = () => {
    look.begun ??= options.watch.lookAhead().catch(() => null)
  }
  const reading = { holder, timeoutMs, clock: deps.clock, onFirstByte, ...(signal ? { signal } : {}) }
  let state: EntryState = 'waiting'
  const by = (event: EntryEvent): void => {
    state = nextEntryState(state, event)
  }
  for await (const step of readKeypad(options.keypad, reading)) {
    switch (step.step) {
      case 'waiting':
        yield { step: 'waiting', deadline: step.deadline, timeoutMs, serial: step.serial }
        break
      case 'receiving':
        by('first-byte')
        yield { step: 'receiving' }
        break
      case 'misread':
        by('misread')
        look.begun = null
        void options.watch.misread(step.reason)
        yield { step: 'misread', failure: failureOf(step.reason) }
        break
      case 'timed-out':
        by('time-over')
        yield { step: 'timed-out', failure: failureOf('entry-timeout') }
        break
      case 'in-use':
        by('trouble')
        yield { step: 'failed', failure: inUseBy(step.holder) }
        break
      case 'failed':
        by('trouble')
        if (isUntrusted(step.cause)) void options.watch.misread(step.cause)
        yield { step: 'failed', failure: failureOf(step.cause) }
        break
      case 'frame':
        yield* takeCard(deps, active, options, step.keyed, look, by)
        break
    }
  }
}

/** The record of the keypad, asked for with the first byte, so that the last byte need not wait for it. */
interface LookAhead {
  begun: Promise<KeypadLook | null> | null
}

/** The end of an entry, from a whole frame on: the seat and the record of keypads are asked, then the service. */
async function* takeCard(
  deps: CheckoutDeps,
  active: ActiveService,
  options: CardEntryOptions,
  keyed: KeyedCard,
  look: LookAhead,
  by: (event: EntryEvent) => void,
): AsyncGenerator<KeypadEntryEvent, void, void> {
  const { watch, owner, signal } = options
  if (!options.seatIsOpen()) {
    keyed.frame.wipe()
    by('given-up')
    return yield { step: 'cancelled' }
  }
  const barred = await mayTake(watch, keyed, look)
  if (barred) {
    keyed.frame.wipe()
    by('trouble')
    return yield { step: 'failed', failure: barred }
  }
  by('frame')
  const tokenized = tokenize(deps, active, keyed, owner, signal)
  yield { step: 'tokenizing' }
  const outcome = await tokenized
  by('card' in outcome ? 'token' : 'refused')
  if ('card' in outcome) return yield { step: 'done', card: outcome.card }
  if ('failure' in outcome) return yield { step: 'failed', failure: outcome.failure }
  void watch.misread(outcome.refused)
  return yield { step: 'failed', failure: failureOf(outcome.refused) }
}

/** Why this frame may not be taken; null when it may. A frame that cannot be judged is wiped. */
async function mayTake(watch: KeypadWatch, { frame }: KeyedCard, look: LookAhead): Promise<Failure | null> {
  try {
    return await watch.allowFrame(frame.facts, await look.begun)
  } catch (error) {
    frame.wipe()
    throw error
  }
}
