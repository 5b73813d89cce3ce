import { implement } from '@orpc/server'
import { blacklist } from '../../../contract/blacklist'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { listEntries } from './blacklist.repository'
import {
  addEntry,
  blacklistSettings,
  markCustomer,
  removeOrRestore,
  saveBlacklistSettings,
  saveEntry,
  standingOf,
  unblockCard,
  type BlacklistDeps,
} from './blacklist.service'

const os = implement(blacklist).$context<CallContext>()
const byOf = (context: CallContext): string => sessionOf(context).userId

export function blacklistRouter(deps: () => BlacklistDeps) {
  return os.router({
    list: os.list.handler(({ input }) => listEntries(deps().database.db, input)),
    add: os.add.handler(({ input, context }) => addEntry(deps(), input.fields, byOf(context))),
    save: os.save.handler(({ input, context }) => saveEntry(deps(), input, byOf(context))),
    remove: os.remove.handler(({ input, context }) => removeOrRestore(deps(), input, byOf(context))),
    settings: os.settings.handler(() => blacklistSettings(deps())),
    saveSettings: os.saveSettings.handler(({ input, context }) =>
      saveBlacklistSettings(deps(), input, byOf(context)),
    ),
    customer: os.customer.handler(({ input }) => standingOf(deps(), input.customerId)),
    mark: os.mark.handler(({ input, context }) => markCustomer(deps(), input, byOf(context))),
    unblockCard: os.unblockCard.handler(({ input, context }) => unblockCard(deps(), input, byOf(context))),
  })
}
