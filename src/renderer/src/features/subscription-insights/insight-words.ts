import type { useTranslation } from 'react-i18next'
import { CancelReason } from '../../../../contract/subscription-form'
import type { Month } from '../../../../contract/subscription-insights'

type Words = ReturnType<typeof useTranslation<'subscriptionInsights'>>['t']

/** 2026-11 → 2026年11月 */
export function monthWords(t: Words, month: Month): string {
  const [year = '', number = ''] = month.split('-')
  return t('month', { year, month: Number(number) })
}

/** A rate as percent with one decimal place; a dash when there is none. */
export const percentWords = (rate: number | null): string =>
  rate === null ? '—' : `${(rate * 100).toFixed(1)}%`

/** Records of another system may hold a word of their own. */
export function reasonWords(t: Words, reason: string): string {
  const known = CancelReason.safeParse(reason)
  if (known.success) return t(`reasons.${known.data}`)
  return reason === 'none' ? t('reasons.none') : reason
}
