import { implement } from '@orpc/server'
import { customers } from '../../../contract/customers'
import type { CallContext } from '../../platform/call-context'
import { detail, save, search, type CustomersDeps } from './customers.service'

const os = implement(customers).$context<CallContext>()

export function customersRouter(deps: () => Promise<CustomersDeps>) {
  return os.router({
    search: os.search.handler(async ({ input }) => search(await deps(), input)),
    get: os.get.handler(async ({ input }) => detail(await deps(), input.id)),
    save: os.save.handler(async ({ input }) => save(await deps(), input)),
  })
}
