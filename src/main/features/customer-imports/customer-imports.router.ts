import { implement } from '@orpc/server'
import { customerImports, SavedMapping } from '../../../contract/customer-imports'
import { sessionOf, type CallContext } from '../../platform/call-context'
import {
  mappingsOf,
  removeMapping,
  saveMapping,
  type CsvImportsDeps,
} from '../csv-imports/csv-imports.service'
import { listImports } from './customer-imports.repository'
import {
  cancelImport,
  decide,
  importDetail,
  resumeImport,
  saveReport,
  startImport,
  summaryOf,
  undoImport,
} from './customer-imports.service'
import { previewRows, readHead } from './read-head'

const os = implement(customerImports).$context<CallContext>()

export function customerImportsRouter(deps: () => CsvImportsDeps) {
  return os.router({
    choose: os.choose.handler(async () => {
      const { files } = deps()
      const fileId = await files.choose()
      return fileId === null ? null : readHead(files, fileId, null)
    }),
    reread: os.reread.handler(({ input }) => readHead(deps().files, input.fileId, input)),
    preview: os.preview.handler(({ input }) => previewRows(deps().files, input.fileId, input.reading)),
    start: os.start.handler(({ input, context }) => startImport(deps(), sessionOf(context), input)),
    list: os.list.handler(async ({ input }) => {
      const page = await listImports(deps().database.db, input)
      return { ...page, items: page.items.map(summaryOf) }
    }),
    get: os.get.handler(({ input }) => importDetail(deps(), input.id)),
    decide: os.decide.handler(({ input }) => decide(deps(), input.id, input.answer)),
    cancel: os.cancel.handler(({ input }) => cancelImport(deps(), input.id)),
    resume: os.resume.handler(({ input }) => resumeImport(deps(), input.id)),
    undo: os.undo.handler(({ input, context }) => undoImport(deps(), sessionOf(context), input.id)),
    saveReport: os.saveReport.handler(({ input }) => saveReport(deps(), input.id)),
    mappings: os.mappings.handler(() => mappingsOf(deps(), 'customer', (kept) => SavedMapping.parse(kept))),
    saveMapping: os.saveMapping.handler(({ input, context }) =>
      saveMapping(deps(), 'customer', sessionOf(context), input),
    ),
    removeMapping: os.removeMapping.handler(({ input }) => removeMapping(deps(), 'customer', input.name)),
  })
}
