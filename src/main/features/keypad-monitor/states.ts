import type { KeypadState, P2peState } from '../../../contract/keypad-monitor'
import type { KeypadRow } from './keypad-monitor.repository'

/** A device that nobody has told of for this long is offline, whatever its last word was. */
export const SILENT_AFTER_MS = 180_000
/** From here on the key is running low. */
export const LOW_USES = 10_000
/** The one security level at which a keypad encrypts. */
export const ENCRYPTING_LEVEL = '3'
export const EXHAUSTED_LEVEL = '0'

/** 状態 as a screen shows it; the list's SQL says the same (`stateIs`). */
export function stateOf(row: KeypadRow, now: number): KeypadState {
  if (row.state === 'unregistered') return 'unregistered'
  if (row.state === 'stopped') return row.stop_reason === 'tampered' ? 'tampered' : 'stopped'
  if (row.online === 0 || row.last_seen_at < now - SILENT_AFTER_MS) return 'offline'
  return row.holder === null ? 'waiting' : 'in-use'
}

export function p2peOf(row: Pick<KeypadRow, 'security_level' | 'uses_left'>): P2peState {
  if (row.security_level === EXHAUSTED_LEVEL || row.uses_left === 0) return 'exhausted'
  if (row.security_level === null) return 'unknown'
  if (row.security_level !== ENCRYPTING_LEVEL) return 'not-encrypting'
  return row.uses_left !== null && row.uses_left <= LOW_USES ? 'running-low' : 'active'
}
