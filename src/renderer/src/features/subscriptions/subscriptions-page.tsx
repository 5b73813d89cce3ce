import { Button, Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { api } from '../../lib/client'
import { DataTable } from '../../ui/data-table'
import { ListFoot } from '../../ui/list-foot'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'
import { BulkLinks } from '../subscription-imports/bulk-links'
import { RegisterButton } from '../subscription-registration/register-button'
import { SUBSCRIPTION_WIDTHS, useSubscriptionColumns } from './subscription-columns'
import { SubscriptionFilters } from './subscription-filters'
import { SubscriptionTabs } from './subscription-tabs'
import styles from './subscriptions.module.css'
import { addressOf, useSubscriptionFilter } from './use-subscription-filter'

const PAGE = 100

/** 定期注文マスター > 定期一覧: filters in the address, pages by keyset, Enter opens. */
export function SubscriptionsPage() {
  const { t } = useTranslation('subscriptionDesk')
  const { t: words } = useTranslation('subscriptions')
  const [, go] = useLocation()
  const filterState = useSubscriptionFilter()
  const { filter, sort, isFiltered, reset } = filterState
  const text = useDebounced(filter.text)
  const columns = useSubscriptionColumns()
  const list = useInfiniteQuery(
    api.subscriptions.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, sort, filter: { ...filter, text } }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, count, total, onNearEnd, foot } = usePaged(list)
  const empty = isFiltered ? (
    <>
      <Text>{t('list.empty')}</Text>
      <Button mt="sm" variant="default" onClick={reset}>
        {t('list.reset')}
      </Button>
    </>
  ) : (
    <>
      <Text>{t('list.none')}</Text>
      <Button mt="sm" variant="default" onClick={() => go('/subscriptions/plan')}>
        {t('list.first')}
      </Button>
    </>
  )
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <Title order={1}>
          <span className={styles.crumb}>{words('crumb')}</span>
          {t('list.title')}
        </Title>
        <div className={pageHead.rest} />
        <BulkLinks />
        <RegisterButton customerId={null} />
      </div>
      <SubscriptionTabs />
      <SubscriptionFilters state={filterState} count={count} />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        view={addressOf({ ...filter, text }, sort)}
        label={t('list.title')}
        list="/subscriptions"
        rows={rows}
        columns={columns}
        widths={SUBSCRIPTION_WIDTHS}
        titled={['customer', 'items', 'rule', 'payment']}
        rowId={(row) => row.id}
        onOpen={(row) => go(`/subscriptions/${row.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={empty}
        foot={<ListFoot {...foot} />}
      />
    </div>
  )
}
