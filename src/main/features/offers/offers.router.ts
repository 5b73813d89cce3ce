import { implement } from '@orpc/server'
import { offers } from '../../../contract/offers'
import type { CallContext } from '../../platform/call-context'
import { allMedia } from './offers.repository'
import { add, addMedium, detail, list, save, saveMedium, search, type OffersDeps } from './offers.service'

const os = implement(offers).$context<CallContext>()

export function offersRouter(deps: () => OffersDeps) {
  return os.router({
    search: os.search.handler(({ input }) => search(deps(), input.text)),
    list: os.list.handler(({ input }) => list(deps(), input)),
    get: os.get.handler(({ input }) => detail(deps(), input.id)),
    add: os.add.handler(({ input }) => add(deps(), input.fields)),
    save: os.save.handler(({ input }) => save(deps(), input)),
    media: os.media.handler(() => allMedia(deps().database.db)),
    addMedium: os.addMedium.handler(({ input }) => addMedium(deps(), input.fields)),
    saveMedium: os.saveMedium.handler(({ input }) => saveMedium(deps(), input)),
  })
}
