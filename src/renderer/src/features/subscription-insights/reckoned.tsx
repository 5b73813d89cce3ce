import { Alert, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { InsightState } from '../../../../contract/subscription-insights'
import { formatCount, formatDateTime } from '../../lib/format'
import styles from './subscription-insights.module.css'

/** While figures are reckoned they are asked for again so often (ms), and so often when they stand. */
const AGAIN_MS = 400
const STANDING_MS = 30_000

interface FiguresQuery {
  readonly state: { readonly data: { readonly state: InsightState } | undefined }
}

/** For queries of figures: asks when the page opens, and again until what is shown is up to date. */
export const figures = {
  refetchOnMount: 'always',
  refetchInterval: (query: FiguresQuery): number =>
    query.state.data?.state.running === true ? AGAIN_MS : STANDING_MS,
} as const

/** When the figures were reckoned, or how far that has come. */
export function Reckoned({ state }: { state: InsightState | undefined }) {
  const { t } = useTranslation('subscriptionInsights')
  if (state?.failed === true) {
    return (
      <Alert color="red" role="alert" c="var(--mantine-color-text)" className={styles.failed}>
        {t(state.reckonedAt === null ? 'state.failed' : 'state.failedOld', {
          at: state.reckonedAt === null ? '' : formatDateTime(state.reckonedAt),
        })}
      </Alert>
    )
  }
  if (state?.running === true) {
    const { done, total } = state
    return (
      <div className={styles.running}>
        <Text size="sm" c="dimmed" role="status">
          {t('state.running', { done: formatCount(done), total: formatCount(total) })}
        </Text>
        <Progress
          value={total === 0 ? 0 : (done / total) * 100}
          w={120}
          aria-label={t('state.progress')}
          transitionDuration={0}
        />
      </div>
    )
  }
  return (
    <Text size="sm" c="dimmed" role="status">
      {state && state.reckonedAt !== null && t('state.at', { at: formatDateTime(state.reckonedAt) })}
    </Text>
  )
}
