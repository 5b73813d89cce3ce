import { Alert, Skeleton, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { PreviewedChange, SubscriptionDetail } from '../../../../contract/subscription-views'
import { client, describeError, refusalCode } from '../../lib/client'
import { useDebounced } from '../../ui/use-debounced'
import { PlanTable } from './plan-table'
import styles from './subscriptions.module.css'

interface PreviewProps {
  readonly detail: SubscriptionDetail
  /** Null while it is not filled in. */
  readonly change: z.infer<typeof PreviewedChange> | null
}

/** この変更のあとのお届け: the next deliveries as they would be, before anything is saved. */
export function ChangePreview({ detail, change }: PreviewProps) {
  const { t } = useTranslation('subscriptionDesk')
  const settled = useDebounced(change)
  const preview = useQuery({
    queryKey: ['subscription-preview', detail.id, detail.version, settled],
    queryFn: ({ signal }) => {
      if (settled === null) throw new Error('nothing to look at')
      return client.subscriptions.preview({ id: detail.id, change: settled }, { signal })
    },
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const rule = settled?.kind === 'rule' ? settled.rule : detail.rule
  return (
    <section aria-label={t('change.preview')}>
      <Text size="sm" fw={600} mb={4}>
        {t('change.preview')}
      </Text>
      <div className={styles.preview} tabIndex={0} role="group" aria-label={t('change.preview')}>
        {change === null && (
          <Text size="sm" c="dimmed">
            {t('change.fillIn')}
          </Text>
        )}
        {change !== null && preview.isError && (
          <Alert color="yellow" role="alert" c="var(--mantine-color-text)">
            {refusalCode(preview.error) === 'PAST_DEADLINE'
              ? t('change.deadline')
              : describeError(preview.error).message}
          </Alert>
        )}
        {change !== null && preview.isPending && <Skeleton height={200} aria-hidden="true" />}
        {change !== null && preview.data?.length === 0 && <Text size="sm">{t('change.nothing')}</Text>}
        {change !== null && preview.data && preview.data.length > 0 && (
          <PlanTable plan={preview.data} rule={rule} isShort />
        )}
      </div>
    </section>
  )
}
