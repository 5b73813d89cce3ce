import { implement } from '@orpc/server'
import { postal } from '../../../contract/postal'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { PostalDeps } from './deps'
import { PostalDirectory } from './postal.service'

const os = implement(postal).$context<CallContext>()

export function postalRouter(deps: () => PostalDeps) {
  /** One directory for each desk: another desk has another database. */
  const directories = new WeakMap<object, PostalDirectory>()
  const directory = () => {
    const now = deps()
    const known = directories.get(now.database) ?? new PostalDirectory(now)
    directories.set(now.database, known)
    return known
  }
  return os.router({
    lookup: os.lookup.handler(({ input }) => directory().lookup(input.code)),
    candidates: os.candidates.handler(({ input }) => directory().candidates(input)),
    checkLines: os.checkLines.handler(({ input }) => directory().checkLines(input)),
    status: os.status.handler(() => directory().status()),
    importFile: os.importFile.handler(({ context }) => directory().importFile(sessionOf(context).userId)),
    cancelImport: os.cancelImport.handler(() => directory().cancelImport()),
    use: os.use.handler(({ input }) => directory().use(input.source)),
  })
}
