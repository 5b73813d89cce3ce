import { Alert, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'

/** What a change of the payment service would leave behind, before it is saved. */
export function Stranded({ serviceId }: { serviceId: string }) {
  const { t } = useTranslation('settings')
  const { data } = useQuery(api.settings.strandedBy.queryOptions({ input: { serviceId } }))
  if (!data || (data.cards === 0 && data.openAuthorizations === 0)) return null
  return (
    <Alert color="yellow" role="alert" c="var(--mantine-color-text)">
      <Text size="sm" fw={600}>
        {t('stranded')}
      </Text>
      <Text size="sm">{t('strandedCards', { cards: data.cards, open: data.openAuthorizations })}</Text>
      {data.customers.map((row) => (
        <Text key={row.number} size="sm">
          {t('strandedRow', row)}
        </Text>
      ))}
    </Alert>
  )
}
