import { implement } from '@orpc/server'
import { subscriptions } from '../../../contract/subscriptions'
import type { DeskDatabase } from '../../db/open-database'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { Clock } from '../../platform/clock'
import { simulate } from './simulation.service'
import { readSubscriptionSettings, saveSubscriptionSettings } from './subscription-settings.service'

const os = implement(subscriptions).$context<CallContext>()

export function subscriptionsRouter(deps: () => { readonly database: DeskDatabase; readonly clock: Clock }) {
  return os.router({
    simulate: os.simulate.handler(({ input }) => simulate(deps(), input.form)),
    settings: os.settings.handler(async () => {
      const { version, value } = await readSubscriptionSettings(deps().database.db)
      return { version, settings: value }
    }),
    saveSettings: os.saveSettings.handler(({ input, context }) => {
      const { database, clock } = deps()
      return saveSubscriptionSettings(database.db, {
        ...input,
        by: sessionOf(context).userId,
        now: clock.now(),
      })
    }),
  })
}
