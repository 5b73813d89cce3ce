import { Alert, Skeleton, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PreviewedChange, SubscriptionDetail } from '../../../../contract/subscription-views'
import { describeError, refusalCode } from '../../lib/client'
import { refusalWords } from './change-faults'
import { PlanTable } from './plan-table'
import styles from './subscriptions.module.css'
import { useChangePreview, type Preview } from './use-change-preview'

/** 変更後のお届け: the next deliveries as they would be, before anything is saved. */
export function PreviewPart({ preview, isLow = false }: { preview: Preview; isLow?: boolean }) {
  const { t } = useTranslation('subscriptionDesk')
  const { isEmpty, isPending, error, plan, rule } = preview
  return (
    <section aria-label={t('change.preview')}>
      <Text size="sm" fw={600} mb={4}>
        {t('change.preview')}
      </Text>
      <div
        className={styles.preview}
        data-low={isLow || undefined}
        tabIndex={0}
        role="group"
        aria-label={t('change.preview')}
      >
        {isEmpty && (
          <Text size="sm" c="dimmed">
            {t('change.fillIn')}
          </Text>
        )}
        {error !== null && (
          <Alert color="yellow" role="alert" c="var(--mantine-color-text)">
            {refusalCode(error) === 'PAST_DEADLINE'
              ? t('change.deadline')
              : (refusalWords(error) ?? describeError(error).message)}
          </Alert>
        )}
        {isPending && <Skeleton height={200} aria-hidden="true" />}
        {plan?.length === 0 && <Text size="sm">{t('change.nothing')}</Text>}
        {plan && plan.length > 0 && <PlanTable plan={plan} rule={rule} isShort />}
      </div>
    </section>
  )
}

interface ChangePreviewProps {
  readonly detail: SubscriptionDetail
  /** Null while it is not filled in. */
  readonly change: PreviewedChange | null
}

export function ChangePreview({ detail, change }: ChangePreviewProps) {
  return <PreviewPart preview={useChangePreview(detail, change)} />
}
