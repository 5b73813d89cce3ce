import { implement } from '@orpc/server'
import { customers } from '../../../contract/customers'
import type { CallContext } from '../../platform/call-context'
import type { SaveFile } from '../../platform/save-file'
import { changeTag, tagsInUse } from './customer-tags.service'
import { exportCustomers } from './customers.csv'
import { detail, save, search, type CustomersDeps } from './customers.service'

const os = implement(customers).$context<CallContext>()

export function customersRouter(deps: () => Promise<CustomersDeps & { readonly saveFile: SaveFile }>) {
  return os.router({
    search: os.search.handler(async ({ input }) => search(await deps(), input)),
    exportCsv: os.exportCsv.handler(async ({ input, signal }) =>
      exportCustomers(await deps(), input, signal),
    ),
    tags: os.tags.handler(async () => tagsInUse((await deps()).database)),
    tag: os.tag.handler(async ({ input }) => changeTag((await deps()).database, input)),
    get: os.get.handler(async ({ input }) => detail(await deps(), input.id)),
    save: os.save.handler(async ({ input }) => save(await deps(), input)),
  })
}
