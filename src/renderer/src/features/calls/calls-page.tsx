import { Button, Text, TextInput, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallState, CallView } from '../../../../contract/calls'
import { api } from '../../lib/client'
import { formatDate, formatDateTime } from '../../lib/format'
import { isComposing } from '../../lib/keyboard'
import { ChoiceFilter } from '../../ui/choice-filter'
import { columnsFor, DataTable, type Columns } from '../../ui/data-table'
import bar from '../../ui/filter-bar.module.css'
import { focusFirstRow } from '../../ui/focus-first-row'
import { ListFoot } from '../../ui/list-foot'
import { Count, ErrorPanel } from '../../ui/states'
import { StatusChip, type Tone } from '../../ui/status-chip'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'
import styles from './calls.module.css'
import { CandidatesDialog } from './candidates-dialog'
import { useAnswer, useCaller } from './use-answer'
import { callsAddress, useCallFilter } from './use-call-filter'
import { useCallWords } from './use-call-words'
import { WaysDialog } from './ways-dialog'

const PAGE = 100
const WIDTHS = { rangAt: 140, phone: 150, state: 110, by: 150, answeredAt: 140, seat: 150, keptUntil: 110 }
const TONES: Readonly<Record<CallState, Tone>> = { waiting: 'wait', answered: 'good', unanswered: 'bad' }
const CHOICES = ['unanswered', 'answered'] as const

function useColumns(): Columns<CallView> {
  const { t } = useTranslation('calls')
  const words = useCallWords()
  return useMemo(() => {
    const column = columnsFor<CallView>()
    return column.columns([
      column.accessor((row) => formatDateTime(row.rangAt), { id: 'rangAt', header: t('columns.rangAt') }),
      column.accessor((row) => words.number(row), { id: 'phone', header: t('columns.phone') }),
      column.accessor((row) => words.who(row), { id: 'who', header: t('columns.who') }),
      column.accessor('state', {
        id: 'state',
        header: t('columns.state'),
        cell: ({ row: { original } }) => (
          <StatusChip tone={TONES[original.state]}>{t(`states.${original.state}`)}</StatusChip>
        ),
      }),
      column.accessor((row) => row.answeredBy ?? '', { id: 'by', header: t('columns.by') }),
      column.accessor((row) => (row.answeredAt === null ? '' : formatDateTime(row.answeredAt)), {
        id: 'answeredAt',
        header: t('columns.answeredAt'),
      }),
      column.accessor('seat', { id: 'seat', header: t('columns.seat') }),
      column.accessor((row) => formatDate(row.keptUntil), {
        id: 'keptUntil',
        header: t('columns.keptUntil'),
      }),
    ])
  }, [t, words])
}

function Filters({
  state,
  count,
}: {
  state: ReturnType<typeof useCallFilter>
  count: { value: number; more: boolean } | undefined
}) {
  const { t } = useTranslation('calls')
  const { filter, change, reset, isFiltered } = state
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
        w={220}
        maxLength={30}
        autoFocus
        inputMode="tel"
        value={filter.text}
        onKeyDown={toList}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <ChoiceFilter
        label={t('state')}
        width={140}
        choices={CHOICES.map((value) => ({ value, label: t(`states.${value}`) }))}
        chosen={filter.state}
        onChange={(chosen) => change({ state: chosen })}
      />
      <Button variant="default" disabled={!isFiltered} onClick={reset}>
        {t('reset')}
      </Button>
      <div className={bar.rest} />
      <Count count={count} />
    </search>
  )
}

/** 着信履歴: the calls of the last 30 days; Enter takes one up (again). */
export function CallsPage() {
  const { t } = useTranslation('calls')
  const state = useCallFilter()
  const { filter, isFiltered, reset } = state
  const text = useDebounced(filter.text)
  const columns = useColumns()
  const [choosing, setChoosing] = useState<CallView | null>(null)
  const [ways, setWays] = useState(false)
  const answer = useAnswer(setChoosing)
  const toCaller = useCaller(setChoosing)
  const open = (call: CallView) => (call.state === 'answered' ? toCaller(call) : answer(call.id))
  const list = useInfiniteQuery(
    api.calls.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, filter: { ...filter, text } }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, count, total, onNearEnd, foot } = usePaged(list)
  return (
    <div className="listPage">
      <div className={styles.head}>
        <Title order={1}>{t('title')}</Title>
        <Text size="sm" c="dimmed">
          {t('kept')}
        </Text>
        <div className={styles.rest} />
        <Button variant="default" onClick={() => setWays(true)}>
          {t('ways.button')}
        </Button>
      </div>
      <Filters state={state} count={count} />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        view={callsAddress({ ...filter, text })}
        label={t('title')}
        list="/calls"
        rows={rows}
        columns={columns}
        widths={WIDTHS}
        titled={['who', 'by', 'seat']}
        rowId={(row) => row.id}
        onOpen={open}
        onNearEnd={onNearEnd}
        total={total}
        empty={
          <>
            <Text>{t(isFiltered ? 'empty' : 'none')}</Text>
            <Button mt="sm" variant="default" onClick={isFiltered ? reset : () => setWays(true)}>
              {t(isFiltered ? 'reset' : 'ways.button')}
            </Button>
          </>
        }
        foot={<ListFoot {...foot} />}
      />
      <CandidatesDialog call={choosing} onClose={() => setChoosing(null)} />
      <WaysDialog opened={ways} onClose={() => setWays(false)} />
    </div>
  )
}
