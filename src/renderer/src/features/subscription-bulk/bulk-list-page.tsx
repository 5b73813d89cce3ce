import { Button, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { BulkSummary } from '../../../../contract/subscription-bulk'
import { api } from '../../lib/client'
import { BackLink } from '../../ui/back-link'
import { DataTable } from '../../ui/data-table'
import { ListFoot } from '../../ui/list-foot'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useBackKey } from '../../ui/use-back-key'
import { usePaged } from '../../ui/use-paged'
import { BULK_WIDTHS, useBulkColumns } from './bulk-columns'

const PAGE = 100
const LIST = '/subscriptions/bulk'

/** 定期の一括変更: those so far, and the way to a new one. */
export function BulkListPage() {
  const { t } = useTranslation('subscriptionBulk')
  const [, go] = useLocation()
  const session = useQuery(api.auth.session.queryOptions())
  const columns = useBulkColumns()
  const list = useInfiniteQuery(
    api.subscriptionBulk.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  useBackKey('/subscriptions')
  const { rows, total, onNearEnd, foot } = usePaged(list)
  const isAllowed = session.data?.permissions.includes('subscription.bulk') === true
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <BackLink list="/subscriptions">{t('back')}</BackLink>
        <Title order={1}>{t('title')}</Title>
        <div className={pageHead.rest} />
        {isAllowed && (
          <Button
            component={Link}
            href={`${LIST}/new`}
            leftSection={<IconPlus size={16} aria-hidden="true" />}
          >
            {t('new')}
          </Button>
        )}
      </div>
      <Text size="sm" maw={880}>
        {t('intro')}
      </Text>
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable<BulkSummary>
        view=""
        label={t('list')}
        list={LIST}
        rows={rows}
        columns={columns}
        widths={BULK_WIDTHS}
        numeric={['found', 'applied', 'blocked']}
        titled={['title', 'startedBy']}
        rowId={(row) => row.id}
        onOpen={(row) => go(`${LIST}/${row.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={<Text>{t('none')}</Text>}
        foot={<ListFoot {...foot} />}
      />
    </div>
  )
}
