import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { SubscriptionSettings } from '../../../../contract/subscription-settings'
import { api, client } from '../../lib/client'
import { useVersionedForm, type Kept } from '../../ui/use-versioned-form'

type Days = 'generateDaysBefore' | 'changeDaysBefore'

/** The settings as they are typed: a number may be missing. */
export type SettingsDraft = Omit<SubscriptionSettings, Days> & Record<Days, number | null>

interface Answer {
  readonly version: number
  readonly settings: SubscriptionSettings
}
const keptOf = ({ version, settings }: Answer): Kept<SettingsDraft> => ({ version, values: settings })

/** The form of 設定 > 定期. */
export function useSubscriptionSettings(stored: Answer) {
  const { t } = useTranslation('subscriptions')
  const queries = useQueryClient()
  const form = useVersionedForm<SettingsDraft>({
    stored: keptOf(stored),
    save: async (values, base) => {
      const settings = SubscriptionSettings.parse(values)
      return keptOf(await client.subscriptions.saveSettings({ version: base.version ?? 1, settings }))
    },
    latest: async () => keptOf(await client.subscriptions.settings()),
    onSaved: () => void queries.invalidateQueries({ queryKey: api.subscriptions.settings.key() }),
    said: t('settings.saved'),
  })
  return {
    ...form,
    save: () => {
      const parsed = SubscriptionSettings.safeParse(form.values)
      if (parsed.success) return form.save()
      form.refuse(new Map(parsed.error.issues.map(({ path }) => [path.join('.'), t('settings.required')])))
    },
  }
}
