import { Button, Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { AttentionSort } from '../../../../contract/subscription-run-views'
import { api } from '../../lib/client'
import { DataTable } from '../../ui/data-table'
import { focusFirstRow } from '../../ui/focus-first-row'
import { ListFoot } from '../../ui/list-foot'
import { ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'
import { SubscriptionTabs } from '../subscriptions/subscription-tabs'
import { ATTENTION_WIDTHS, useAttentionColumns } from './attention-columns'
import { AttentionFilters } from './attention-filters'
import { AttentionTabs } from './attention-tabs'
import styles from './subscription-runs.module.css'
import { TurnPane } from './turn-pane'
import { addressOf, useAttentionFilter } from './use-attention-filter'

const PAGE = 100
const SORTS = ['ship', 'amount', 'tries'] as const satisfies readonly AttentionSort[]

/** 要対応: turns that wait for a call, and everything that is done about them in one place. */
export function AttentionPage() {
  const { t } = useTranslation('subscriptionRuns')
  const { t: words } = useTranslation('subscriptions')
  const [, go] = useLocation()
  const state = useAttentionFilter()
  const { filter, sort, isFiltered, reset } = state
  const [chosen, setChosen] = useState<string | null>(null)
  const text = useDebounced(filter.text)
  const session = useQuery(api.auth.session.queryOptions())
  const columns = useAttentionColumns()
  const list = useInfiniteQuery(
    api.subscriptionRuns.attention.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, sort, filter: { ...filter, text } }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, count, total, onNearEnd, foot } = usePaged(list)
  const turn = rows?.find(({ cycleId }) => cycleId === chosen)
  const writable = session.data?.permissions.includes('subscription.write') === true
  const empty = isFiltered ? (
    <>
      <Text>{t('attention.empty')}</Text>
      <Button mt="sm" variant="default" onClick={reset}>
        {t('attention.reset')}
      </Button>
    </>
  ) : (
    <Text>{t('attention.none')}</Text>
  )
  return (
    <div className="listPage">
      <Title order={1}>
        <span className={styles.crumb}>{words('crumb')}</span>
        {t('attention.title')}
      </Title>
      <SubscriptionTabs />
      <AttentionTabs />
      <AttentionFilters state={state} count={count} />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        view={addressOf({ ...filter, text }, sort)}
        label={t('attention.turns')}
        list="/subscriptions/attention"
        rows={rows}
        columns={columns}
        widths={ATTENTION_WIDTHS}
        numeric={['amount', 'tries']}
        titled={['customer']}
        sort={{
          columns: SORTS,
          by: sort,
          descending: sort !== 'ship',
          onSort: (column) => state.sortBy(SORTS.find((one) => one === column) ?? 'ship'),
        }}
        chosen={{ id: turn?.cycleId ?? null, onChoose: ({ cycleId }) => setChosen(cycleId) }}
        rowId={(row) => row.cycleId}
        onOpen={(row) => go(`/subscriptions/${row.subscription.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={empty}
        foot={<ListFoot {...foot} />}
      />
      {turn ? (
        <TurnPane key={turn.cycleId} turn={turn} writable={writable} onGone={focusFirstRow} />
      ) : (
        (rows?.length ?? 0) > 0 && (
          <section className={`card ${styles.pane}`} aria-label={t('attention.pane')}>
            <Text size="sm" c="dimmed">
              {t('attention.pick')}
            </Text>
          </section>
        )
      )}
    </div>
  )
}
