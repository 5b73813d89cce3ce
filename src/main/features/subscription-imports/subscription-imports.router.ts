import { implement } from '@orpc/server'
import { subscriptionImports, SavedSubscriptionMapping } from '../../../contract/subscription-imports'
import { sessionOf, type CallContext } from '../../platform/call-context'
import {
  mappingsOf,
  removeMapping,
  saveMapping,
  type CsvImportsDeps,
} from '../csv-imports/csv-imports.service'
import { previewRows, readHead } from './read-head'
import { listImports } from './subscription-imports.repository'
import {
  cancelImport,
  checkImport,
  importDetail,
  resumeImport,
  saveReport,
  summaryOf,
  undoImport,
  writeImport,
} from './subscription-imports.service'

const os = implement(subscriptionImports).$context<CallContext>()

export function subscriptionImportsRouter(deps: () => CsvImportsDeps) {
  return os.router({
    choose: os.choose.handler(async () => {
      const { files } = deps()
      const fileId = await files.choose()
      return fileId === null ? null : readHead(files, fileId, null)
    }),
    reread: os.reread.handler(({ input }) => readHead(deps().files, input.fileId, input)),
    preview: os.preview.handler(({ input }) => previewRows(deps().files, input.fileId, input.reading)),
    check: os.check.handler(({ input, context }) => checkImport(deps(), sessionOf(context), input)),
    write: os.write.handler(({ input, context }) => writeImport(deps(), sessionOf(context), input.id)),
    list: os.list.handler(async ({ input }) => {
      const page = await listImports(deps().database.db, input)
      return { ...page, items: page.items.map(summaryOf) }
    }),
    get: os.get.handler(({ input }) => importDetail(deps(), input.id)),
    cancel: os.cancel.handler(({ input }) => cancelImport(deps(), input.id)),
    resume: os.resume.handler(({ input }) => resumeImport(deps(), input.id)),
    undo: os.undo.handler(({ input, context }) => undoImport(deps(), sessionOf(context), input.id)),
    saveReport: os.saveReport.handler(({ input }) => saveReport(deps(), input.id)),
    mappings: os.mappings.handler(() =>
      mappingsOf(deps(), 'subscription', (kept) => SavedSubscriptionMapping.parse(kept)),
    ),
    saveMapping: os.saveMapping.handler(({ input, context }) =>
      saveMapping(deps(), 'subscription', sessionOf(context), input),
    ),
    removeMapping: os.removeMapping.handler(({ input }) => removeMapping(deps(), 'subscription', input.name)),
  })
}
