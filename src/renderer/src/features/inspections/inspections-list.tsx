import { Button, Text, TextInput } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { InspectionStatus, type InspectionDue } from '../../../../contract/keypad-inspections'
import { api } from '../../lib/client'
import { formatDateTime, formatPlainDate } from '../../lib/format'
import { isComposing } from '../../lib/keyboard'
import { ChoiceFilter } from '../../ui/choice-filter'
import { columnsFor, DataTable, type Columns } from '../../ui/data-table'
import { DateField } from '../../ui/date-field'
import bar from '../../ui/filter-bar.module.css'
import { focusFirstRow } from '../../ui/focus-first-row'
import { ListFoot } from '../../ui/list-foot'
import { Count, ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'
import { InspectionChip, ResultChip } from './inspection-chip'
import { inspectionsAddress, type InspectionViewState } from './use-inspection-filter'

const PAGE = 100
const WIDTHS = { dueOn: 110, status: 110, serial: 150, shop: 190, seat: 120, last: 150, by: 120, result: 110 }

function useColumns(): Columns<InspectionDue> {
  const { t } = useTranslation('inspections')
  return useMemo(() => {
    const column = columnsFor<InspectionDue>()
    return column.columns([
      column.accessor((row) => formatPlainDate(row.dueOn), { id: 'dueOn', header: t('columns.dueOn') }),
      column.accessor('status', {
        id: 'status',
        header: t('columns.status'),
        cell: ({ row: { original } }) => <InspectionChip status={original.status} />,
      }),
      column.accessor((row) => row.serial ?? t('unknown'), { id: 'serial', header: t('columns.serial') }),
      column.accessor((row) => row.model ?? t('unknown'), { id: 'model', header: t('columns.model') }),
      column.accessor((row) => row.shop?.name ?? '', { id: 'shop', header: t('columns.shop') }),
      column.accessor((row) => row.seat ?? '', { id: 'seat', header: t('columns.seat') }),
      column.accessor((row) => (row.last === null ? t('never') : formatDateTime(row.last.at)), {
        id: 'last',
        header: t('columns.last'),
      }),
      column.accessor((row) => row.last?.by ?? '', { id: 'by', header: t('columns.by') }),
      column.accessor((row) => row.last?.result ?? '', {
        id: 'result',
        header: t('columns.result'),
        cell: ({ row: { original } }) => original.last && <ResultChip result={original.last.result} />,
      }),
    ])
  }, [t])
}

interface FiltersProps {
  readonly state: InspectionViewState
  readonly count: { value: number; more: boolean } | undefined
}

function Filters({ state, count }: FiltersProps) {
  const { t } = useTranslation('inspections')
  const { filter, change, reset, isFiltered } = state
  const shops = useQuery(api.keypadInspections.shops.queryOptions()).data ?? []
  const toList = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || isComposing(event.nativeEvent)) return
    event.preventDefault()
    focusFirstRow()
  }
  return (
    <search className={bar.bar}>
      <TextInput
        label={t('search')}
        placeholder={t('searchHint')}
        w={270}
        maxLength={60}
        autoFocus
        value={filter.text}
        onKeyDown={toList}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <ChoiceFilter
        label={t('status.label')}
        width={140}
        choices={InspectionStatus.options.map((value) => ({ value, label: t(`status.${value}`) }))}
        chosen={filter.status}
        onChange={(status) => change({ status })}
      />
      {shops.length > 1 && (
        <ChoiceFilter
          label={t('shop')}
          width={160}
          choices={shops.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={filter.shopId}
          onChange={(shopId) => change({ shopId })}
        />
      )}
      <DateField
        label={t('dueFrom')}
        width={140}
        value={filter.dueFrom}
        onChange={(dueFrom) => change({ dueFrom })}
      />
      <DateField
        label={t('dueTo')}
        width={140}
        value={filter.dueTo}
        onChange={(dueTo) => change({ dueTo })}
      />
      <Button variant="default" disabled={!isFiltered} onClick={reset}>
        {t('reset')}
      </Button>
      <div className={bar.rest} />
      <Count count={count} />
    </search>
  )
}

/** Registered keypads, the most urgent first. */
export function InspectionsList({ state }: { state: InspectionViewState }) {
  const { t } = useTranslation('inspections')
  const [, go] = useLocation()
  const { filter, isFiltered, reset } = state
  const text = useDebounced(filter.text)
  const columns = useColumns()
  const list = useInfiniteQuery(
    api.keypadInspections.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, filter: { ...filter, text } }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, count, total, onNearEnd, foot } = usePaged(list)
  return (
    <>
      <Filters state={state} count={count} />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        view={inspectionsAddress({ view: 'list', month: null, filter: { ...filter, text } })}
        label={t('title')}
        list="/inspections"
        rows={rows}
        columns={columns}
        widths={WIDTHS}
        titled={['serial', 'model', 'shop', 'seat', 'by']}
        rowId={(row) => row.keypadId}
        onOpen={(row) => go(`/inspections/${row.keypadId}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={
          <>
            <Text>{t(isFiltered ? 'empty' : 'none')}</Text>
            {isFiltered && (
              <Button mt="sm" variant="default" onClick={reset}>
                {t('reset')}
              </Button>
            )}
          </>
        }
        foot={<ListFoot {...foot} />}
      />
    </>
  )
}
