import { implement } from '@orpc/server'
import { keypad } from '../../../contract/keypad'
import { enterCard, refusedEntry } from '../../checkout/card-entry'
import { isCardBlocked } from '../../checkout/card-block'
import type { KeypadWatch } from '../../checkout/keypad-watch'
import type { CheckoutDeps } from '../../checkout/deps'
import { loadCheckout } from '../../checkout/drafts'
import type { CallContext } from '../../platform/call-context'
import { Refusal } from '../../platform/refusal'
import { actorOf } from '../../checkout/actor'
import type { KeypadSeat } from '../../checkout/keypad-seat'

const os = implement(keypad).$context<CallContext>()

export interface KeypadsDoor {
  checkout(): CheckoutDeps
  seat(): KeypadSeat
  /** What the contract with the keypad's provider has against a card entry at this desk. */
  contractBlock(): Promise<'not-applied' | 'stopped' | null>
  entryTimeoutMs(): Promise<number>
  watch(): KeypadWatch
}

export function keypadsRouter(door: KeypadsDoor) {
  return os.router({
    lamp: os.lamp.handler(() => door.seat().lamp()),
    enterCard: os.enterCard.handler(async ({ input, context, signal }) => {
      const row = await loadCheckout(door.checkout(), input.intent.checkoutId)
      if (row.status !== 'editing') throw new Refusal('NOT_FOUND')
      const block = await door.contractBlock()
      if (block !== null) return refusedEntry(`contract-${block}`)
      if (await isCardBlocked(door.checkout(), row)) return refusedEntry('card-blocked')
      const actor = actorOf(context)
      return enterCard(door.checkout(), {
        keypad: door.seat().port(),
        holder: { seat: actor.seat, operator: actor.userName },
        owner: { checkoutId: row.id },
        watch: door.watch(),
        seatIsOpen: () => context.seat.session?.userId === actor.userId && !context.seat.session.locked,
        timeoutMs: await door.entryTimeoutMs(),
        ...(signal ? { signal } : {}),
      })
    }),
  })
}
