import { implement } from '@orpc/server'
import { customerMerge } from '../../../contract/customer-merge'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { candidatesOf, pairsPage, setDistinct } from './candidates.service'
import type { Doer, MergeDeps } from './deps'
import { merge, preview, recordsOf } from './merge.service'
import { undoMerge, undoPreview } from './undo.service'

const os = implement(customerMerge).$context<CallContext>()

const doerOf = (context: CallContext): Doer => ({
  userId: sessionOf(context).userId,
  seat: context.seat.name,
})

export function customerMergeRouter(deps: () => MergeDeps) {
  return os.router({
    candidates: os.candidates.handler(({ input }) => candidatesOf(deps(), input.customerId)),
    pairs: os.pairs.handler(({ input }) => pairsPage(deps(), input)),
    setDistinct: os.setDistinct.handler(({ input, context }) =>
      setDistinct(deps(), [input.oneId, input.otherId], input.distinct, sessionOf(context).userId),
    ),
    preview: os.preview.handler(({ input }) => preview(deps(), input)),
    merge: os.merge.handler(({ input, context }) => merge(deps(), input, doerOf(context))),
    ofCustomer: os.ofCustomer.handler(({ input }) => recordsOf(deps(), input.customerId)),
    undoPreview: os.undoPreview.handler(({ input }) => undoPreview(deps(), input.mergeId)),
    undo: os.undo.handler(({ input, context }) => undoMerge(deps(), input.mergeId, doerOf(context))),
  })
}
