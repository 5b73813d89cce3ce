import type { Failure } from '../../../../contract/failures'
import type { KeypadEntryEvent, ShownCard } from '../../../../contract/keypad'

export type EntryStep = KeypadEntryEvent['step'] | 'connecting' | 'lost'

/** What the popup shows of one card entry. */
export interface EntryState {
  readonly step: EntryStep
  readonly serial: string | null
  /** When the wait ends and how long it was, both in milliseconds. */
  readonly deadline: number | null
  readonly timeoutMs: number
  /** The last misread while the entry goes on, or why it ended. */
  readonly failure: Failure | null
  readonly card: ShownCard | null
}

export const CONNECTING: EntryState = {
  step: 'connecting',
  serial: null,
  deadline: null,
  timeoutMs: 0,
  failure: null,
  card: null,
}

/** The popup after one more event of the stream. */
export function afterEvent(state: EntryState, event: KeypadEntryEvent): EntryState {
  switch (event.step) {
    case 'waiting':
      return {
        ...state,
        step: 'waiting',
        serial: event.serial,
        deadline: event.deadline,
        timeoutMs: event.timeoutMs,
      }
    case 'receiving':
    case 'tokenizing':
      return { ...state, step: event.step, failure: null }
    case 'misread':
      return { ...state, step: 'misread', failure: event.failure }
    case 'done':
      return { ...state, step: 'done', card: event.card, failure: null }
    case 'cancelled':
      return { ...state, step: 'cancelled' }
    case 'timed-out':
    case 'failed':
      return { ...state, step: event.step, failure: event.failure }
  }
}

/** True when the entry is over without a card and may be tried again. */
export const isOver = (step: EntryStep): boolean =>
  step === 'timed-out' || step === 'failed' || step === 'lost'

/** Position in 待機中 → 受信中 → カード確認中 → 完了. */
export function positionOf(step: EntryStep): number {
  switch (step) {
    case 'connecting':
    case 'cancelled':
    case 'timed-out':
    case 'failed':
    case 'lost':
      return -1
    case 'waiting':
    case 'misread':
      return 0
    case 'receiving':
      return 1
    case 'tokenizing':
      return 2
    case 'done':
      return 3
  }
}
