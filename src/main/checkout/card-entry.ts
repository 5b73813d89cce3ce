import type { Failure } from '../../contract/failures'
import type { KeypadEntryEvent } from '../../contract/keypad'
import type { KeyedCard, KeypadHolder, KeypadPort } from '../devices/keypad.port'
import { isUntrusted, readKeypad } from './1-keypad-read'
import { tokenize, type CardOwner } from './2-tokenization'
import { nextEntryState, type EntryEvent, type EntryState } from '../domain/card-entry/entry-states'
import type { ActiveService, CheckoutDeps } from './deps'
import { failureOf, inUseBy, type FailureCause } from './failures'
import { openLook, type StandingLook } from './keypad-look'
import type { KeypadWatch } from './keypad-watch'

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
  const look = openLook(options.watch, deps)
  try {
    yield* entrySteps(deps, choice.active, { ...options, keypad: options.keypad }, look)
  } finally {
    look.close()
  }
}

async function* entrySteps(
  deps: CheckoutDeps,
  active: ActiveService,
  options: CardEntryOptions & { readonly keypad: KeypadPort },
  look: StandingLook,
): AsyncGenerator<KeypadEntryEvent, void, void> {
  const { holder, timeoutMs, signal } = options
  const onFirstByte = () => look.renew()
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

/** The end of an entry, from a whole frame on: the seat and the record of keypads are asked, then the service. */
async function* takeCard(
  deps: CheckoutDeps,
  active: ActiveService,
  options: CardEntryOptions,
  keyed: KeyedCard,
  look: StandingLook,
  by: (event: EntryEvent) => void,
): AsyncGenerator<KeypadEntryEvent, void, void> {
  const { watch, owner, signal } = options
  if (!options.seatIsOpen()) {
    keyed.frame.wipe()
    by('given-up')
    return yield { step: 'cancelled' }
  }
  const { facts } = keyed.frame
  const cleared = look.clears(facts)
  const barred = cleared ? null : await askedFirst(watch, keyed)
  if (barred) {
    by('trouble')
    return yield { step: 'failed', failure: barred }
  }
  by('frame')
  const asking = cleared ? { askRecord: () => watch.allowFrame(facts) } : {}
  const tokenized = tokenize(deps, active, keyed, owner, { ...asking, signal })
  yield { step: 'tokenizing' }
  const outcome = await tokenized
  by('card' in outcome ? 'token' : 'refused')
  if ('card' in outcome) return yield { step: 'done', card: outcome.card }
  if ('failure' in outcome) return yield { step: 'failed', failure: outcome.failure }
  void watch.misread(outcome.refused)
  return yield { step: 'failed', failure: failureOf(outcome.refused) }
}

/** Why this frame may not be taken; null when it may. A frame that may not, or that cannot be judged, is wiped. */
async function askedFirst(watch: KeypadWatch, { frame }: KeyedCard): Promise<Failure | null> {
  try {
    const refused = await watch.allowFrame(frame.facts)
    if (refused) frame.wipe()
    return refused
  } catch (error) {
    frame.wipe()
    throw error
  }
}
