import { implement } from '@orpc/server'
import type { Kysely } from 'kysely'
import { savedSearches } from '../../../contract/saved-searches'
import type { Database } from '../../db/database.types'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { Clock } from '../../platform/clock'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import { dropSearch, keepSearch, searchesOf } from './saved-searches.repository'

const MOST = 30

const os = implement(savedSearches).$context<CallContext>()

export function savedSearchesRouter(deps: { db: () => Kysely<Database>; clock: Clock }) {
  const owner = (context: CallContext, list: string) => ({ userId: sessionOf(context).userId, list })
  return os.router({
    list: os.list.handler(({ input, context }) => searchesOf(deps.db(), owner(context, input.list))),
    save: os.save.handler(async ({ input, context }) => {
      const who = owner(context, input.list)
      const name = input.name.trim()
      const known = await searchesOf(deps.db(), who)
      if (known.length >= MOST && !known.some((one) => one.name === name)) throw new Refusal('TOO_MANY')
      await keepSearch(deps.db(), who, { id: newId(), name, query: input.query, now: deps.clock.now() })
      return searchesOf(deps.db(), who)
    }),
    remove: os.remove.handler(async ({ input, context }) => {
      const who = owner(context, input.list)
      await dropSearch(deps.db(), who, input.id)
      return searchesOf(deps.db(), who)
    }),
  })
}
