import { implement } from '@orpc/server'
import { orders } from '../../../contract/orders'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { detail, list, release, type OrdersDeps } from './orders.service'

const os = implement(orders).$context<CallContext>()

export function ordersRouter(deps: () => OrdersDeps) {
  return os.router({
    list: os.list.handler(({ input }) => list(deps(), input)),
    get: os.get.handler(({ input }) => detail(deps(), input.id)),
    release: os.release.handler(({ input, context }) =>
      release(deps(), { ...input, by: sessionOf(context).userId }),
    ),
  })
}
