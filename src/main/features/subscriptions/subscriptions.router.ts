import { implement } from '@orpc/server'
import { subscriptions } from '../../../contract/subscriptions'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { simulate, type SimulationDeps } from './simulation.service'
import { readSubscriptionSettings, saveSubscriptionSettings } from './subscription-settings.service'

const os = implement(subscriptions).$context<CallContext>()

export function subscriptionsRouter(deps: () => SimulationDeps) {
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
