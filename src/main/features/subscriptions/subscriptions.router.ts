import { implement } from '@orpc/server'
import { subscriptions } from '../../../contract/subscriptions'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { SaveFile } from '../../platform/save-file'
import { actorOf } from '../../checkout/actor'
import {
  backToSubscription,
  confirmSubscription,
  discardSubscription,
  openSubscriptionDraft,
  proceedSubscription,
  saveSubscriptionDraft,
} from '../../checkout/subscription-draft'
import { subscriptionDraft } from '../../checkout/subscription-draft-view'
import type { Changer } from './changes'
import { changeItems } from './items.service'
import { preview } from './preview.service'
import { simulate } from './simulation.service'
import { cancel, pause, resume } from './standing.service'
import { readSubscriptionSettings, saveSubscriptionSettings } from './subscription-settings.service'
import { exportSubscriptions } from './subscriptions.csv'
import { detail, list, type SubscriptionsDeps } from './subscriptions.service'
import { move, restore, skip } from './turn-changes.service'
import { update } from './update.service'
import { useCard } from './use-card.service'

const os = implement(subscriptions).$context<CallContext>()

function changerOf(context: CallContext): Changer {
  const { userId, permissions } = sessionOf(context)
  return { userId, mayOverride: permissions.includes('subscription.override') }
}

export function subscriptionsRouter(deps: () => SubscriptionsDeps, saveFile: SaveFile) {
  return os.router({
    list: os.list.handler(({ input }) => list(deps(), input)),
    exportCsv: os.exportCsv.handler(({ input, signal }) =>
      exportSubscriptions({ ...deps(), saveFile }, input, signal),
    ),
    get: os.get.handler(({ input }) => detail(deps(), input.id)),
    simulate: os.simulate.handler(({ input }) => simulate(deps(), input)),
    openDraft: os.openDraft.handler(({ input, context }) =>
      openSubscriptionDraft(deps(), actorOf(context), input.customerId),
    ),
    getDraft: os.getDraft.handler(({ input }) => subscriptionDraft(deps(), input.checkoutId)),
    saveDraft: os.saveDraft.handler(({ input }) => saveSubscriptionDraft(deps(), input)),
    proceed: os.proceed.handler(({ input, context }) => proceedSubscription(deps(), actorOf(context), input)),
    back: os.back.handler(({ input }) => backToSubscription(deps(), input)),
    confirm: os.confirm.handler(({ input, context }) => confirmSubscription(deps(), actorOf(context), input)),
    discard: os.discard.handler(({ input }) => discardSubscription(deps(), input)),
    preview: os.preview.handler(({ input }) => preview(deps(), input)),
    skip: os.skip.handler(({ input, context }) => skip(deps(), input, changerOf(context))),
    restore: os.restore.handler(({ input, context }) => restore(deps(), input, changerOf(context))),
    move: os.move.handler(({ input, context }) => move(deps(), input, changerOf(context))),
    changeItems: os.changeItems.handler(({ input, context }) =>
      changeItems(deps(), input, changerOf(context)),
    ),
    update: os.update.handler(({ input, context }) => update(deps(), input, changerOf(context))),
    useCard: os.useCard.handler(({ input, context }) => useCard(deps(), input, changerOf(context))),
    pause: os.pause.handler(({ input, context }) => pause(deps(), input, changerOf(context))),
    resume: os.resume.handler(({ input, context }) => resume(deps(), input, changerOf(context))),
    cancel: os.cancel.handler(({ input, context }) => cancel(deps(), input, changerOf(context))),
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
