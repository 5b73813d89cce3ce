import { implement } from '@orpc/server'
import { subscriptionRuns } from '../../../contract/subscription-runs'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { dryRun } from './dry-run.service'
import { retryNow } from './retry-now.service'
import {
  attention,
  cancel,
  expiring,
  get,
  list,
  markCalled,
  startRun,
  type SubscriptionRunsDeps,
} from './subscription-runs.service'

const os = implement(subscriptionRuns).$context<CallContext>()

export function subscriptionRunsRouter(deps: () => SubscriptionRunsDeps) {
  return os.router({
    start: os.start.handler(({ input, context }) => {
      const { userId } = sessionOf(context)
      return startRun(deps(), { userId, shownAs: userId, seat: context.seat.name }, input)
    }),
    dryRun: os.dryRun.handler(({ input }) => dryRun(deps().checkout, input)),
    list: os.list.handler(({ input }) => list(deps(), input)),
    get: os.get.handler(({ input }) => get(deps(), input.id)),
    cancel: os.cancel.handler(({ input }) => cancel(deps(), input.id)),
    attention: os.attention.handler(({ input }) => attention(deps(), input)),
    markCalled: os.markCalled.handler(({ input }) => markCalled(deps(), input)),
    retryNow: os.retryNow.handler(({ input }) => retryNow(deps(), input)),
    expiringCards: os.expiringCards.handler(({ input }) => expiring(deps(), input)),
  })
}
