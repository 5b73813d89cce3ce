import { z } from 'zod'
import { procedure } from './procedure'
import { PlannedTurn, SubscriptionForm } from './subscription-form'
import { SubscriptionSettings } from './subscription-settings'
import { Version } from './values'

const invalid = {
  INVALID_FIELDS: {
    message: '入力内容を確認してください。',
    data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
} as const

const kept = z.object({ version: Version, settings: SubscriptionSettings })

/** 定期 */
export const subscriptions = {
  /** The next twelve deliveries of a form that is not saved yet, every shift explained. */
  simulate: procedure('subscription.read')
    .input(z.object({ form: SubscriptionForm }))
    .output(z.array(PlannedTurn))
    .errors(invalid),
  settings: procedure('settings.read').output(kept),
  saveSettings: procedure('settings.write').input(kept).output(kept).errors(invalid),
}
