import { Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconPhonePlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { api } from '../../lib/client'
import { formatCount, formatPlainDate, formatYen } from '../../lib/format'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel, Key } from '../../ui/states'
import styles from './home.module.css'
import { SalesChart } from './sales-chart'
import { TodoList } from './todo-list'
import { UnfinishedList } from './unfinished-list'

/** Other seats tell this window nothing: it asks again. */
const REFRESH_MS = 15_000

function Figure({ label, value, testId }: { label: string; value: string | undefined; testId: string }) {
  return (
    <div className={`card ${styles.figure}`}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <strong data-testid={testId}>{value ?? <Skeleton height={24} width={110} mt={8} />}</strong>
    </div>
  )
}

/** ホーム: today, what was left half-done, and the last two weeks. */
export function HomePage() {
  const { t } = useTranslation('home')
  const [, go] = useLocation()
  const summary = useQuery(api.home.summary.queryOptions({ refetchInterval: REFRESH_MS }))
  const { data } = summary
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <Title order={1}>{t('title')}</Title>
        <Text size="sm" c="dimmed">
          {data && t('asOf', { date: formatPlainDate(data.today.date) })}
        </Text>
        <div className={pageHead.rest} />
        <Button
          leftSection={<IconPhonePlus size={16} aria-hidden="true" />}
          rightSection={<Key>F2</Key>}
          aria-keyshortcuts="F2"
          onClick={() => go('/checkout/new')}
        >
          {t('start')}
        </Button>
      </div>
      {summary.isError && <ErrorPanel error={summary.error} onRetry={() => void summary.refetch()} />}
      <div className={styles.figures}>
        <Figure
          label={t('todayOrders')}
          value={data && formatCount(data.today.orders)}
          testId="today-orders"
        />
        <Figure label={t('todayTotal')} value={data && formatYen(data.today.total)} testId="today-total" />
      </div>
      {data && <TodoList todos={data.todos} />}
      <UnfinishedList rows={data?.unfinished} />
      <SalesChart days={data?.byDay} />
    </Stack>
  )
}
