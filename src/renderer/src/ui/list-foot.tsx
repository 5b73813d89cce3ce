import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../lib/format'

interface ListFootProps {
  readonly shown: number
  readonly hasMore: boolean
  readonly loading: boolean
  readonly failed: boolean
  readonly onMore: () => void
}

/** How many rows are on the screen, and the button for the next page. */
export function ListFoot({ shown, hasMore, loading, failed, onMore }: ListFootProps) {
  const { t } = useTranslation('common')
  return (
    <>
      <Text size="xs" aria-live="polite">
        {failed ? t('moreFailed') : t('shown', { shown: formatCount(shown) })}
      </Text>
      {hasMore && (
        <Button variant="default" size="compact-sm" loading={loading} onClick={onMore}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
