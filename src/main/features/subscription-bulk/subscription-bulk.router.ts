import { implement } from '@orpc/server'
import { subscriptionBulk } from '../../../contract/subscription-bulk'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { letters } from './letters.service'
import { saveLetters, saveRows } from './subscription-bulk.csv'
import {
  applyBulk,
  bulkDetail,
  bulkList,
  bulkRows,
  cancelBulk,
  previewBulk,
  resumeBulk,
  undoBulk,
  type SubscriptionBulkDeps,
} from './subscription-bulk.service'

const os = implement(subscriptionBulk).$context<CallContext>()

export function subscriptionBulkRouter(deps: () => SubscriptionBulkDeps) {
  return os.router({
    preview: os.preview.handler(({ input, context }) => previewBulk(deps(), sessionOf(context), input)),
    list: os.list.handler(({ input }) => bulkList(deps(), input)),
    get: os.get.handler(({ input }) => bulkDetail(deps(), input.id)),
    rows: os.rows.handler(({ input }) => bulkRows(deps(), input)),
    apply: os.apply.handler(({ input, context }) => applyBulk(deps(), sessionOf(context), input.id)),
    cancel: os.cancel.handler(({ input }) => cancelBulk(deps(), input.id)),
    resume: os.resume.handler(({ input }) => resumeBulk(deps(), input.id)),
    undo: os.undo.handler(({ input, context }) => undoBulk(deps(), sessionOf(context), input.id)),
    letters: os.letters.handler(({ input }) => letters(deps(), input.id)),
    saveLetters: os.saveLetters.handler(({ input, signal }) => saveLetters(deps(), input, signal)),
    saveRows: os.saveRows.handler(({ input, signal }) => saveRows(deps(), input, signal)),
  })
}
