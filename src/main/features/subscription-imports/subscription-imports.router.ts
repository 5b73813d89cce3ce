import { implement } from '@orpc/server'
import { subscriptionImports } from '../../../contract/subscription-imports'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { SubscriptionImportsDeps } from './deps'
import { previewRows, readHead } from './read-head'
import { listImports } from './subscription-imports.repository'
import {
  cancelImport,
  checkImport,
  importDetail,
  mappings,
  removeMapping,
  resumeImport,
  saveMapping,
  saveReport,
  summaryOf,
  undoImport,
  writeImport,
} from './subscription-imports.service'

const os = implement(subscriptionImports).$context<CallContext>()

export function subscriptionImportsRouter(deps: () => SubscriptionImportsDeps) {
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
    mappings: os.mappings.handler(() => mappings(deps())),
    saveMapping: os.saveMapping.handler(({ input, context }) =>
      saveMapping(deps(), sessionOf(context), input),
    ),
    removeMapping: os.removeMapping.handler(({ input }) => removeMapping(deps(), input.name)),
  })
}
