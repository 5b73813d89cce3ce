import { implement } from '@orpc/server'
import { checkout } from '../../../contract/checkout'
import {
  back,
  confirm,
  discard,
  inquire,
  openCheckout,
  proceed,
  saveCheckout,
} from '../../checkout/checkout.service'
import type { Actor, CheckoutDeps } from '../../checkout/deps'
import { slotsOn } from '../../checkout/form-check'
import { unfinishedCheckouts } from '../../checkout/unfinished'
import { viewOf } from '../../checkout/view'
import { deliveryWindow } from '../../domain/calendar/delivery'
import { sessionOf, type CallContext } from '../../platform/call-context'

const os = implement(checkout).$context<CallContext>()

/** Who acts, from the session of the seat. */
export function actorOf(context: CallContext): Actor {
  const session = sessionOf(context)
  return { userId: session.userId, userName: session.name, shopId: session.shop.id, seat: context.seat.name }
}

export function checkoutRouter(deps: () => CheckoutDeps) {
  return os.router({
    open: os.open.handler(({ context }) => openCheckout(deps(), actorOf(context))),
    get: os.get.handler(({ input }) => viewOf(deps(), input.checkoutId)),
    save: os.save.handler(({ input }) => saveCheckout(deps(), input.checkoutId, input.version, input.form)),
    proceed: os.proceed.handler(({ input, context }) =>
      proceed(deps(), actorOf(context), input.checkoutId, input.version),
    ),
    inquire: os.inquire.handler(({ input }) => inquire(deps(), input.checkoutId)),
    back: os.back.handler(({ input }) => back(deps(), input.checkoutId, input.version, input.authorization)),
    confirm: os.confirm.handler(({ input, context }) =>
      confirm(deps(), actorOf(context), input.checkoutId, input.version),
    ),
    discard: os.discard.handler(({ input }) => discard(deps(), input.checkoutId, input.version)),
    unfinished: os.unfinished.handler(() => unfinishedCheckouts(deps())),
    deliveryChoices: os.deliveryChoices.handler(async ({ input }) => {
      const window = deliveryWindow(deps().clock.now(), input.prefecture)
      return { ...window, slots: await slotsOn(deps(), window.earliest) }
    }),
  })
}
