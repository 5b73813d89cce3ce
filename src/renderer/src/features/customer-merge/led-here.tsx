import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'

/** Says that the customer who was asked for is this one now. */
export function LedHere() {
  const { t } = useTranslation('customerMerge')
  if (!new URLSearchParams(useSearch()).has('from')) return null
  return (
    <Text size="sm" role="status">
      {t('led')}
    </Text>
  )
}
