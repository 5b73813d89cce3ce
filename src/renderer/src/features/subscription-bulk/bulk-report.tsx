import { Anchor, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { BulkDetail, BulkLetter, BulkList, BulkRow } from '../../../../contract/subscription-bulk'
import { api } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { DataTable } from '../../ui/data-table'
import { ListFoot } from '../../ui/list-foot'
import { ErrorPanel } from '../../ui/states'
import { usePaged } from '../../ui/use-paged'
import { BulkPaper } from './bulk-paper'
import {
  hasReason,
  LETTER_WIDTHS,
  ROW_NUMBERS,
  ROW_TITLED,
  ROW_WIDTHS,
  useLetterColumns,
  useRowColumns,
  useTurnWords,
} from './row-columns'
import styles from './subscription-bulk.module.css'

const PAGE = 100

/** The chosen contract in full: what the list has no room for. */
function Pane({ row }: { row: BulkRow | undefined }) {
  const { t } = useTranslation('subscriptionBulk')
  const turnWords = useTurnWords()
  if (!row)
    return (
      <section className={`card ${styles.pane}`} aria-label={t('pane.label')}>
        <Text size="sm" c="dimmed">
          {t('pane.hint')}
        </Text>
      </section>
    )
  const change = row.after === '' ? row.before : t('pane.change', { before: row.before, after: row.after })
  return (
    <section className={`card ${styles.pane}`} aria-label={t('pane.label')} data-testid="bulk-pane">
      <p>
        <strong>
          {row.number} {row.customer}
        </strong>{' '}
        {change} {turnWords(row)}{' '}
        <Anchor component={Link} href={`/subscriptions/${row.subscriptionId}`} size="sm" underline="always">
          {t('pane.open')}
        </Anchor>
      </p>
      <p>{[row.reason, ...row.notes].filter(Boolean).join(' ')}</p>
    </section>
  )
}

interface RowsProps {
  readonly detail: BulkDetail
  readonly state: BulkList
}

/** Contracts of a 一括変更 in one state. */
export function BulkRows({ detail, state }: RowsProps) {
  const { t } = useTranslation('subscriptionBulk')
  const [, go] = useLocation()
  const [chosen, setChosen] = useState<string | null>(null)
  const columns = useRowColumns(state)
  const { id } = detail
  const list = useInfiniteQuery(
    api.subscriptionBulk.rows.infiniteOptions({
      input: (cursor: string | null) => ({ id, state, cursor, limit: PAGE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, total, onNearEnd, foot } = usePaged(list)
  return (
    <>
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable<BulkRow>
        view={`${id} ${state}`}
        label={t(`tabs.${state}`)}
        list={`/subscriptions/bulk/${id}`}
        rows={rows}
        columns={columns}
        widths={ROW_WIDTHS}
        numeric={ROW_NUMBERS}
        titled={ROW_TITLED}
        rowId={(row) => row.subscriptionId}
        chosen={{ id: chosen, onChoose: (row) => setChosen(row.subscriptionId) }}
        onOpen={(row) => go(`/subscriptions/${row.subscriptionId}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={<Text>{t(detail.counts.found === 0 ? 'rows.found' : 'rows.none')}</Text>}
        foot={
          <>
            <ListFoot {...foot} />
            {!hasReason(state) && (
              <Text size="xs" c="dimmed">
                {t('rows.total')}
              </Text>
            )}
          </>
        }
      />
      <Pane row={rows?.find(({ subscriptionId }) => subscriptionId === chosen)} />
      <BulkPaper detail={detail} tab={state} rows={rows ?? []} />
    </>
  )
}

/** お知らせ先: whom to write to, and of what. */
export function BulkLetters({ detail }: { detail: BulkDetail }) {
  const { t } = useTranslation('subscriptionBulk')
  const [, go] = useLocation()
  const columns = useLetterColumns()
  const { id, counts } = detail
  const found = useQuery(api.subscriptionBulk.letters.queryOptions({ input: { id } }))
  const { data: rows } = found
  const isCut = rows !== undefined && rows.length >= 1000 && counts.ready + counts.applied > rows.length
  return (
    <>
      {found.isError && <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />}
      <DataTable<BulkLetter>
        view={`${id} letters`}
        label={t('tabs.letters')}
        list={`/subscriptions/bulk/${id}`}
        rows={rows}
        columns={columns}
        widths={LETTER_WIDTHS}
        numeric={ROW_NUMBERS}
        titled={ROW_TITLED}
        rowId={(row) => row.subscriptionId}
        onOpen={(row) => go(`/subscriptions/${row.subscriptionId}`)}
        onNearEnd={() => undefined}
        total={isCut ? null : (rows?.length ?? null)}
        empty={<Text>{t('letters.none')}</Text>}
        foot={
          <Text size="xs">
            {isCut ? t('letters.first') : t('letters.shown', { shown: formatCount(rows?.length ?? 0) })}
          </Text>
        }
      />
      <BulkPaper detail={detail} tab="letters" letters={rows ?? []} />
    </>
  )
}
