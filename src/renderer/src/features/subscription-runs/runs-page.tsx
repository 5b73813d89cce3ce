import { Button, Text, Title } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { api } from '../../lib/client'
import { DataTable } from '../../ui/data-table'
import { ListFoot } from '../../ui/list-foot'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { usePaged } from '../../ui/use-paged'
import { SubscriptionTabs } from '../subscriptions/subscription-tabs'
import { RUN_NUMBERS, RUN_WIDTHS, useRunColumns } from './run-columns'
import styles from './subscription-runs.module.css'

const PAGE = 100

/** 定期注文マスター > 実行: all runs, the newest first, and the way to the next one. */
export function RunsPage() {
  const { t } = useTranslation('subscriptionRuns')
  const { t: words } = useTranslation('subscriptions')
  const [, go] = useLocation()
  const session = useQuery(api.auth.session.queryOptions())
  const columns = useRunColumns()
  const list = useInfiniteQuery(
    api.subscriptionRuns.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, total, onNearEnd, foot } = usePaged(list)
  const mayRun = session.data?.permissions.includes('subscription.run') === true
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <Title order={1}>
          <span className={styles.crumb}>{words('crumb')}</span>
          {t('runs.title')}
        </Title>
        <div className={pageHead.rest} />
        {mayRun && (
          <Button
            leftSection={<IconPlayerPlay size={16} aria-hidden="true" />}
            onClick={() => go('/subscriptions/runs/new')}
          >
            {t('runs.start')}
          </Button>
        )}
      </div>
      <SubscriptionTabs />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        view=""
        label={t('runs.list')}
        list="/subscriptions/runs"
        rows={rows}
        columns={columns}
        widths={RUN_WIDTHS}
        numeric={RUN_NUMBERS}
        titled={['startedBy']}
        rowId={(row) => row.id}
        onOpen={(row) => go(`/subscriptions/runs/${row.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={<Text>{t('runs.none')}</Text>}
        foot={<ListFoot {...foot} />}
      />
    </div>
  )
}
