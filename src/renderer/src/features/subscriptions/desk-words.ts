import type { useTranslation } from 'react-i18next'
import { z } from 'zod'

export type DeskWords = ReturnType<typeof useTranslation<'subscriptionDesk'>>['t']

const Attention = z.enum(['card-expired', 'card-refused', 'card-blocked', 'no-card', 'off-sale', 'given-up'])

/** 要対応 in words; what another version of the program wrote is shown as it is. */
export function attentionWords(t: DeskWords, attention: string): string {
  const known = Attention.safeParse(attention)
  return known.success ? t(`attention.${known.data}`) : attention
}
