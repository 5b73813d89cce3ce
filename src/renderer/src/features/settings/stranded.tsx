import { Alert, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import styles from './settings.module.css'

/** What a change of the payment service would leave behind, before it is saved. */
export function Stranded({ serviceId }: { serviceId: string }) {
  const { t } = useTranslation('settings')
  const { data } = useQuery(api.settings.strandedBy.queryOptions({ input: { serviceId } }))
  if (!data) return <Skeleton height={60} />
  if (data.cards === 0 && data.openAuthorizations === 0) {
    return (
      <Text size="sm" role="status">
        {t('strandedNone')}
      </Text>
    )
  }
  return (
    <Alert color="yellow" role="alert" c="var(--mantine-color-text)" title={t('stranded')}>
      <Text size="sm">{t('strandedCards', { cards: data.cards, open: data.openAuthorizations })}</Text>
      <Text size="sm">{t('strandedAdvice')}</Text>
      <ul className={styles.stranded} tabIndex={0} aria-label={t('strandedList')}>
        {data.customers.map((row) => (
          <li key={row.number}>{t('strandedRow', row)}</li>
        ))}
      </ul>
    </Alert>
  )
}
