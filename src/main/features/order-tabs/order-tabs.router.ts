import { implement } from '@orpc/server'
import { orderTabs } from '../../../contract/order-tabs'
import type { CheckoutDeps } from '../../checkout/deps'
import { actorOf } from '../../checkout/actor'
import { beginOrder, closeTab, listTabs, openTab } from '../../checkout/tabs'
import { sessionOf, type CallContext } from '../../platform/call-context'

const os = implement(orderTabs).$context<CallContext>()

export function orderTabsRouter(deps: () => CheckoutDeps) {
  return os.router({
    list: os.list.handler(({ context }) => listTabs(deps(), sessionOf(context).userId)),
    open: os.open.handler(({ context, input }) =>
      openTab(deps(), sessionOf(context).userId, input.checkoutId),
    ),
    begin: os.begin.handler(({ context }) => beginOrder(deps(), actorOf(context))),
    close: os.close.handler(({ context, input }) =>
      closeTab(deps(), sessionOf(context).userId, input.checkoutId),
    ),
  })
}
