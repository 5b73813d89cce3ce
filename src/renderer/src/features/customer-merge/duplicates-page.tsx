import { Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearch } from 'wouter'
import { PairsBy, type DuplicatePair } from '../../../../contract/customer-merge'
import { api } from '../../lib/client'
import { BackLink } from '../../ui/back-link'
import { columnsFor, DataTable, type Columns } from '../../ui/data-table'
import { ListFoot } from '../../ui/list-foot'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import tabs from '../settings/settings-tabs.module.css'
import { LevelChip } from './level-chip'

const PAGE = 50
const WIDTHS = { level: 104, reasons: 236, older: 190, newer: 190 }

function usePairColumns(): Columns<DuplicatePair> {
  const { t } = useTranslation('customerMerge')
  return useMemo(() => {
    const column = columnsFor<DuplicatePair>()
    const who = ({ number, name }: DuplicatePair['older']) => t('who', { number, name })
    return column.columns([
      column.accessor('level', {
        id: 'level',
        header: t('columns.level'),
        cell: (cell) => <LevelChip level={cell.getValue()} isNamed={false} />,
      }),
      column.accessor((row) => row.reasons.map((reason) => t(`reasons.${reason}`)).join('・'), {
        id: 'reasons',
        header: t('columns.reasons'),
      }),
      column.accessor((row) => who(row.older), { id: 'older', header: t('columns.older') }),
      column.accessor((row) => row.older.address, { id: 'olderAddress', header: t('columns.olderAddress') }),
      column.accessor((row) => who(row.newer), { id: 'newer', header: t('columns.newer') }),
      column.accessor((row) => row.newer.address, { id: 'newerAddress', header: t('columns.newerAddress') }),
    ])
  }, [t])
}

/** 名寄せ: pairs of customers who may be one person. */
export function DuplicatesPage() {
  const { t } = useTranslation('customerMerge')
  const [, go] = useLocation()
  const asked = new URLSearchParams(useSearch()).get('by')
  const by = PairsBy.options.find((one) => one === asked) ?? 'phone'
  const columns = usePairColumns()
  const list = useInfiniteQuery(
    api.customerMerge.pairs.infiniteOptions({
      input: (cursor: string | null) => ({ by, cursor, limit: PAGE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const found = list.data?.pages.flatMap((page) => page.items)
  // A page may be empty while the search still goes on.
  const rows = found?.length === 0 && list.hasNextPage ? undefined : found
  const more = () => void list.fetchNextPage()
  const canLoad = list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <BackLink list="/customers">{t('back')}</BackLink>
        <Title order={1}>{t('title')}</Title>
      </div>
      <nav className={tabs.tabs} aria-label={t('by.label')}>
        {PairsBy.options.map((one) => (
          <Link
            key={one}
            replace
            href={`/customers/duplicates?by=${one}`}
            aria-current={one === by ? 'page' : undefined}
          >
            {t(`by.${one}`)}
          </Link>
        ))}
      </nav>
      <Text size="sm">{t('intro')}</Text>
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable<DuplicatePair>
        view={by}
        label={t('title')}
        list="/customers/duplicates"
        rows={rows}
        columns={columns}
        widths={WIDTHS}
        titled={['reasons', 'older', 'olderAddress', 'newer', 'newerAddress']}
        rowId={(row) => `${row.older.id} ${row.newer.id}`}
        onOpen={(row) => go(`/customers/${row.older.id}/merge/${row.newer.id}`)}
        onNearEnd={() => {
          if (canLoad) more()
        }}
        total={rows && !list.hasNextPage ? rows.length : null}
        empty={<Text>{t('none')}</Text>}
        foot={
          <ListFoot
            shown={rows?.length ?? 0}
            hasMore={list.hasNextPage}
            loading={list.isFetchingNextPage}
            failed={list.isFetchNextPageError}
            onMore={more}
          />
        }
      />
    </div>
  )
}
