import { implement } from '@orpc/server'
import { serving } from '../../../contract/serving'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { beat, type ServingDeps } from './serving.service'

const os = implement(serving).$context<CallContext>()

export function servingRouter(deps: () => ServingDeps) {
  return os.router({
    beat: os.beat.handler(({ input, context }) =>
      beat(
        deps(),
        { seat: context.seat.name, userId: sessionOf(context).userId },
        input.customers.map(({ id, place }) => ({ customerId: id, place })),
      ),
    ),
  })
}
