import { Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { ExpiringCard } from '../../../../contract/subscription-run-views'
import { formatPhone } from '../../../../contract/text'
import { api, client } from '../../lib/client'
import { formatDayOfYear, formatExpiry } from '../../lib/format'
import { columnsFor, DataTable, type Columns } from '../../ui/data-table'
import { ListFoot } from '../../ui/list-foot'
import pageHead from '../../ui/page-head.module.css'
import { Count, ErrorPanel } from '../../ui/states'
import { usePaged } from '../../ui/use-paged'
import { SubscriptionTabs } from '../subscriptions/subscription-tabs'
import { AttentionTabs } from './attention-tabs'
import { CsvMenu } from './csv-menu'
import styles from './subscription-runs.module.css'

const PAGE = 100
const WIDTHS = { number: 96, phone: 140, card: 190, expiry: 96, turn: 72, ship: 140 }

const column = columnsFor<ExpiringCard>()

function useColumns(): Columns<ExpiringCard> {
  const { t } = useTranslation('subscriptionRuns')
  return useMemo(
    () =>
      column.columns([
        column.accessor((row) => row.subscription.number, {
          id: 'number',
          header: t('cards.columns.number'),
        }),
        column.accessor((row) => row.subscription.customer.name, {
          id: 'customer',
          header: t('cards.columns.customer'),
        }),
        column.accessor((row) => formatPhone(row.subscription.customer.phone), {
          id: 'phone',
          header: t('cards.columns.phone'),
        }),
        column.accessor((row) => t('cards.card', { brand: row.card.brand, last3: row.card.last3 }), {
          id: 'card',
          header: t('cards.columns.card'),
        }),
        column.accessor((row) => formatExpiry(row.card.expiryYYMM), {
          id: 'expiry',
          header: t('cards.columns.expiry'),
        }),
        column.accessor((row) => t('cards.turn', { turn: row.nextTurn }), {
          id: 'turn',
          header: t('cards.columns.turn'),
        }),
        column.accessor((row) => formatDayOfYear(row.nextShipOn), {
          id: 'ship',
          header: t('cards.columns.ship'),
        }),
      ]),
    [t],
  )
}

/** 期限切れ間近のカード: cards that are over before the next turn of their contract is made. */
export function ExpiringCardsPage() {
  const { t } = useTranslation('subscriptionRuns')
  const { t: words } = useTranslation('subscriptions')
  const [, go] = useLocation()
  const columns = useColumns()
  const list = useInfiniteQuery(
    api.subscriptionRuns.expiringCards.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, count, total, onNearEnd, foot } = usePaged(list)
  return (
    <div className="listPage">
      <Title order={1}>
        <span className={styles.crumb}>{words('crumb')}</span>
        {t('attention.title')}
      </Title>
      <SubscriptionTabs />
      <AttentionTabs />
      <div className={pageHead.head}>
        <Text size="sm">{t('cards.words')}</Text>
        <div className={pageHead.rest} />
        <Count count={count} />
        <CsvMenu
          disabled={count === undefined || count.value === 0}
          save={(encoding) => client.subscriptionRuns.expiringCsv({ encoding })}
        />
      </div>
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        view=""
        label={t('attention.cards')}
        list="/subscriptions/attention/cards"
        rows={rows}
        columns={columns}
        widths={WIDTHS}
        titled={['customer']}
        rowId={(row) => row.subscription.id}
        onOpen={(row) => go(`/customers/${row.subscription.customer.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={<Text>{t('cards.none')}</Text>}
        foot={<ListFoot {...foot} />}
      />
    </div>
  )
}
