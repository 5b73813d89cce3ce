import { Button, Text, TextInput, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { ContactView } from '../../../../contract/contact-log'
import { api } from '../../lib/client'
import { formatDateTime, formatPlainDate } from '../../lib/format'
import { ChoiceFilter } from '../../ui/choice-filter'
import { columnsFor, DataTable, type Columns } from '../../ui/data-table'
import bar from '../../ui/filter-bar.module.css'
import { ListFoot } from '../../ui/list-foot'
import { Count, ErrorPanel } from '../../ui/states'
import { StatusChip } from '../../ui/status-chip'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'
import { ContactTabs } from './contact-tabs'
import { contactsAddress, FLAGS, useContactFilter } from './use-contact-filter'

const PAGE = 50
const WIDTHS = {
  at: 138,
  customer: 130,
  channel: 100,
  topic: 140,
  status: 96,
  due: 90,
  escalation: 124,
  by: 110,
}

function useColumns(): Columns<ContactView> {
  const { t } = useTranslation('contactLog')
  return useMemo(() => {
    const column = columnsFor<ContactView>()
    const way = (row: ContactView) => `${t(`channels.${row.channel}`)} ${t(`directions.${row.direction}`)}`
    return column.columns([
      column.accessor((row) => formatDateTime(row.at), { id: 'at', header: t('columns.at') }),
      column.accessor('customerName', { id: 'customer', header: t('columns.customer') }),
      column.accessor(way, { id: 'channel', header: t('channel') }),
      column.accessor((row) => (row.kind === 'identity-check' ? t('identityCheck') : (row.topic ?? '')), {
        id: 'topic',
        header: t('topic'),
      }),
      column.accessor('body', { id: 'body', header: t('body') }),
      column.accessor('status', {
        id: 'status',
        header: t('status'),
        cell: ({ row: { original } }) => (
          <StatusChip tone={original.isOverdue ? 'bad' : original.status === 'open' ? 'wait' : 'quiet'}>
            {t(`statuses.${original.status}`)}
          </StatusChip>
        ),
      }),
      column.accessor((row) => (row.dueOn === null ? '' : formatPlainDate(row.dueOn)), {
        id: 'due',
        header: t('due'),
      }),
      column.accessor((row) => (row.escalation ? t(`escalation.short.${row.escalation.state}`) : ''), {
        id: 'escalation',
        header: t('columns.escalation'),
      }),
      column.accessor('operatorName', { id: 'by', header: t('columns.by') }),
    ])
  }, [t])
}

/** 対応履歴 over all customers; Enter opens the customer. */
export function ContactsPage() {
  const { t } = useTranslation('contactLog')
  const [, go] = useLocation()
  const { filter, isFiltered, change, reset } = useContactFilter()
  const text = useDebounced(filter.text)
  const columns = useColumns()
  const list = useInfiniteQuery(
    api.contactLog.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, filter: { ...filter, text } }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, count, total, onNearEnd, foot } = usePaged(list)
  return (
    <div className="listPage">
      <Title order={1}>{t('title')}</Title>
      <ContactTabs />
      <search className={bar.bar}>
        <TextInput
          label={t('find')}
          placeholder={t('search')}
          w={260}
          maxLength={80}
          value={filter.text}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <ChoiceFilter
          label={t('filter.label')}
          width={200}
          choices={FLAGS.map((value) => ({ value, label: t(`filter.${value}`) }))}
          chosen={FLAGS.filter((flag) => filter[flag])}
          onChange={(chosen) =>
            change(Object.fromEntries(FLAGS.map((flag) => [flag, chosen.includes(flag)])))
          }
        />
        <Button variant="default" disabled={!isFiltered} onClick={reset}>
          {t('filter.reset')}
        </Button>
        <div className={bar.rest} />
        <Count count={count} />
      </search>
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        view={contactsAddress({ ...filter, text })}
        label={t('title')}
        list="/contacts"
        rows={rows}
        columns={columns}
        widths={WIDTHS}
        titled={['customer', 'topic', 'body', 'by']}
        rowId={(row) => row.id}
        onOpen={(row) => go(`/customers/${row.customerId}?tab=contacts`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={<Text>{t(isFiltered ? 'empty' : 'noneAtAll')}</Text>}
        foot={<ListFoot {...foot} />}
      />
    </div>
  )
}
