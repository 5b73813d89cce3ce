import type { CheckoutView } from '../../contract/checkout'
import type { KeypadHolder } from '../devices/keypad.port'
import type { CheckoutDeps } from './deps'
import { expectStage, loadCheckout } from './drafts'
import type { KeypadSeat } from './keypad-seat'
import { viewOf } from './view'

/** How long the keypad waits for a caller who fetches the card. */
export const TICKET_MS = 10 * 60_000

/**
 * 保留: keeps the keypad at this seat while the caller fetches the card, or gives it back. The draft and any
 * authorization stay as they are, also after the ten minutes.
 */
export async function holdCheckout(
  deps: CheckoutDeps,
  keypad: KeypadSeat,
  wish: { checkoutId: string; version: number; on: boolean; holder: KeypadHolder },
): Promise<CheckoutView> {
  const row = await loadCheckout(deps, wish.checkoutId)
  expectStage(row, wish.version, 'editing')
  const until = wish.on ? deps.clock.now() + TICKET_MS : null
  if (wish.on) await keypad.reserve(wish.holder, TICKET_MS)
  else await keypad.endReservation()
  await deps.database.db
    .updateTable('checkout')
    .set((eb) => ({ held_until: until, updated_at: deps.clock.now(), version: eb('version', '+', 1) }))
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .execute()
  return viewOf(deps, row.id)
}
