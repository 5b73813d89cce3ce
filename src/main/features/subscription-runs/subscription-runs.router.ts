import { implement } from '@orpc/server'
import { subscriptionRuns } from '../../../contract/subscription-runs'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { SaveFile } from '../../platform/save-file'
import { attention, expiring, markCalled } from './attention.service'
import { dryRun } from './dry-run.service'
import { retryNow } from './retry-now.service'
import { saveAttention, saveDryRun, saveExpiring, saveReport } from './subscription-runs.csv'
import {
  cancel,
  get,
  list,
  resume,
  runTurns,
  startRun,
  type SubscriptionRunsDeps,
} from './subscription-runs.service'
import { moveTurn, skipTurn } from './turn-changes.service'

const os = implement(subscriptionRuns).$context<CallContext>()

export function subscriptionRunsRouter(deps: () => SubscriptionRunsDeps, saveFile: SaveFile) {
  const saving = () => ({ ...deps(), saveFile })
  return os.router({
    start: os.start.handler(({ input, context }) => {
      const { userId } = sessionOf(context)
      return startRun(deps(), { userId, shownAs: userId, seat: context.seat.name }, input)
    }),
    dryRun: os.dryRun.handler(({ input }) => dryRun(deps().checkout, input)),
    dryRunCsv: os.dryRunCsv.handler(({ input, signal }) => saveDryRun(saving(), input, signal)),
    list: os.list.handler(({ input }) => list(deps(), input)),
    get: os.get.handler(({ input }) => get(deps(), input.id)),
    turns: os.turns.handler(({ input }) => runTurns(deps(), input)),
    reportCsv: os.reportCsv.handler(({ input, signal }) => saveReport(saving(), input, signal)),
    cancel: os.cancel.handler(({ input }) => cancel(deps(), input.id)),
    resume: os.resume.handler(({ input }) => resume(deps(), input.id)),
    attention: os.attention.handler(({ input }) => attention(deps(), input)),
    attentionCsv: os.attentionCsv.handler(({ input, signal }) => saveAttention(saving(), input, signal)),
    markCalled: os.markCalled.handler(({ input }) => markCalled(deps(), input)),
    retryNow: os.retryNow.handler(({ input, context }) => retryNow(deps(), input, sessionOf(context).userId)),
    skipTurn: os.skipTurn.handler(({ input, context }) => skipTurn(deps(), input, sessionOf(context).userId)),
    moveTurn: os.moveTurn.handler(({ input, context }) => moveTurn(deps(), input, sessionOf(context).userId)),
    expiringCards: os.expiringCards.handler(({ input }) => expiring(deps(), input)),
    expiringCsv: os.expiringCsv.handler(({ input, signal }) => saveExpiring(saving(), input, signal)),
  })
}
