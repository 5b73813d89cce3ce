import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { SubscriptionSettings } from '../../../../contract/subscription-settings'
import { api, client } from '../../lib/client'
import { useVersionedForm, type Kept } from '../../ui/use-versioned-form'
import { readDays, writeDays } from './retry-days'

type Numbers = 'generateDaysBefore' | 'changeDaysBefore' | 'skipsInRow'

/** The settings as they are typed: a number may be missing, and the days of retries are a line of text. */
export type SettingsDraft = Omit<SubscriptionSettings, Numbers | 'retryDays'> &
  Record<Numbers, number | null> & { readonly retryDays: string }

interface Answer {
  readonly version: number
  readonly settings: SubscriptionSettings
}
const keptOf = ({ version, settings }: Answer): Kept<SettingsDraft> => ({
  version,
  values: { ...settings, retryDays: writeDays(settings.retryDays) },
})

const parse = (values: SettingsDraft) =>
  SubscriptionSettings.safeParse({ ...values, retryDays: readDays(values.retryDays) })

/** The form of 設定 > 定期. */
export function useSubscriptionSettings(stored: Answer) {
  const { t } = useTranslation('subscriptions')
  const queries = useQueryClient()
  const form = useVersionedForm<SettingsDraft>({
    stored: keptOf(stored),
    save: async (values, base) => {
      const settings = SubscriptionSettings.parse(parse(values).data)
      return keptOf(await client.subscriptions.saveSettings({ version: base.version ?? 1, settings }))
    },
    latest: async () => keptOf(await client.subscriptions.settings()),
    onSaved: () => {
      // Plans that were made with other deadlines are not shown again, not even until the new ones are there.
      queries.removeQueries({ queryKey: api.subscriptions.key(), type: 'inactive' })
      void queries.invalidateQueries({ queryKey: api.subscriptions.key() })
    },
    said: t('settings.saved'),
  })
  const wordsOf = (path: string): string =>
    path === 'retryDays'
      ? t('settings.retryDaysWrong')
      : path === 'skipsInRow'
        ? t('settings.skipsInRowWrong')
        : t('settings.required')
  return {
    ...form,
    save: () => {
      const parsed = parse(form.values)
      if (parsed.success) return form.save()
      const paths = new Set(parsed.error.issues.map(({ path }) => String(path[0])))
      form.refuse(new Map([...paths].map((path) => [path, wordsOf(path)])))
    },
  }
}

/** Names and values of the settings, for two versions side by side. */
export function useSettingsWords() {
  const { t } = useTranslation('subscriptions')
  return {
    labelOf: (key: keyof SettingsDraft): string => t(`settings.${key}`),
    wordsOf: (key: keyof SettingsDraft, value: SettingsDraft[keyof SettingsDraft]): string => {
      const known = SubscriptionSettings.partial().safeParse({ [key]: value })
      const { data = {} } = known
      if (key === 'runAtHour')
        return data.runAtHour == null ? t('settings.never') : t('settings.hour', { hour: data.runAtHour })
      if (data.shipOnClosedDay) return t(`settings.closedDays.${data.shipOnClosedDay}`)
      if (data.missingFifth) return t(`rule.missings.${data.missingFifth}`)
      if (data.afterLastRetry) return t(`settings.afterLastRetrys.${data.afterLastRetry}`)
      if (data.restart) return t(`settings.restarts.${data.restart}`)
      if (data.underMinimum) return t(`settings.underMinimums.${data.underMinimum}`)
      if (value === null) return ''
      if (key === 'skipsInRow') return `${String(value)}${t('settings.times')}`
      return key === 'generateDaysBefore' || key === 'changeDaysBefore'
        ? `${String(value)}${t('settings.daysBefore')}`
        : String(value)
    },
  }
}
