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
import { actorOf } from '../../checkout/actor'
import { deliveryChoices } from '../../checkout/delivery'
import type { CheckoutDeps } from '../../checkout/deps'
import type { KeypadSeat } from '../../checkout/keypad-seat'
import { openChange } from '../../checkout/order-change'
import { offeredPlans } from '../../checkout/plan'
import { savedAddresses } from '../../checkout/shipment-check'
import { holdCheckout } from '../../checkout/tickets'
import { unfinishedCheckouts } from '../../checkout/unfinished'
import { viewOf } from '../../checkout/view'
import { sessionOf, type CallContext } from '../../platform/call-context'

const os = implement(checkout).$context<CallContext>()

export function checkoutRouter(deps: () => CheckoutDeps, keypad: () => KeypadSeat) {
  return os.router({
    open: os.open.handler(({ context }) => openCheckout(deps(), actorOf(context))),
    get: os.get.handler(({ input }) => viewOf(deps(), input.checkoutId)),
    save: os.save.handler(({ input, context }) => {
      const { userId, permissions } = sessionOf(context)
      const mayDiscount = permissions.includes('discount.use') ? userId : null
      return saveCheckout(deps(), input.checkoutId, input.version, input.form, mayDiscount)
    }),
    proceed: os.proceed.handler(({ input, context }) =>
      proceed(deps(), actorOf(context), input.checkoutId, input.version),
    ),
    inquire: os.inquire.handler(({ input }) => inquire(deps(), input.checkoutId)),
    back: os.back.handler(({ input }) => back(deps(), input.checkoutId, input.version, input.authorization)),
    confirm: os.confirm.handler(({ input, context }) =>
      confirm(deps(), actorOf(context), input.checkoutId, input.version),
    ),
    discard: os.discard.handler(({ input }) => discard(deps(), input.checkoutId, input.version)),
    openChange: os.openChange.handler(({ input, context }) =>
      openChange(deps(), actorOf(context), input.orderId),
    ),
    hold: os.hold.handler(({ input, context }) => {
      const { seat, userName } = actorOf(context)
      return holdCheckout(deps(), keypad(), { ...input, holder: { seat, operator: userName } })
    }),
    unfinished: os.unfinished.handler(() => unfinishedCheckouts(deps())),
    plans: os.plans.handler(() => offeredPlans(deps())),
    savedAddresses: os.savedAddresses.handler(({ input }) => savedAddresses(deps(), input.customerId)),
    deliveryChoices: os.deliveryChoices.handler(({ input }) =>
      deliveryChoices(deps().database, deps().clock.now(), input),
    ),
  })
}
