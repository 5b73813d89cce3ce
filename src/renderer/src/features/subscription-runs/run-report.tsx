import { Portal, SegmentedControl, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { RunTab, type RunDetail, type RunTurn } from '../../../../contract/subscription-run-views'
import { api } from '../../lib/client'
import { formatCount, formatDateTime, formatDayOfYear, formatYen } from '../../lib/format'
import { DataTable } from '../../ui/data-table'
import { ListFoot } from '../../ui/list-foot'
import { ErrorPanel } from '../../ui/states'
import { usePaged } from '../../ui/use-paged'
import { dateOf, REPORT_WIDTHS, statusWords, useReportColumns } from './report-columns'
import styles from './subscription-runs.module.css'

const PAGE = 100
const TABS = ['made', 'authorized', 'declined', 'held', 'passed'] as const satisfies readonly RunTab[]

interface ReportProps {
  readonly run: RunDetail
  readonly tab: RunTab
  readonly onTab: (tab: RunTab) => void
}

/** The parts of the report by their name and how many turns are in them. */
function Tabs({ run, tab, onTab }: ReportProps) {
  const { t } = useTranslation('subscriptionRuns')
  const shownOf = (one: RunTab): string => {
    const count = run.tabs?.[one]
    if (!count) return ''
    return count.more ? t('run.more', { shown: formatCount(count.value) }) : formatCount(count.value)
  }
  return (
    <SegmentedControl
      className={styles.tabs ?? ''}
      aria-label={t('run.report')}
      data={TABS.map((value) => ({
        value,
        label: t('run.tab', { name: t(`run.tabs.${value}`), shown: shownOf(value) }).trim(),
      }))}
      value={tab}
      onChange={(value) => onTab(RunTab.catch('made').parse(value))}
    />
  )
}

/** The same on paper: what of it is on the screen. */
function Paper({ run, tab, rows }: { run: RunDetail; tab: RunTab; rows: readonly RunTurn[] }) {
  const { t } = useTranslation('subscriptionRuns')
  const { t: desk } = useTranslation('subscriptionDesk')
  const count = (value: number) => t('run.count', { shown: formatCount(value) })
  return (
    <Portal reuseTargetNode={false}>
      <div className={styles.paper} aria-hidden="true">
        <h1>{t('run.title', { date: formatDayOfYear(run.date) })}</h1>
        <p>
          {formatDateTime(run.startedAt)} {run.startedBy ?? t('runs.auto')} {run.seat}
        </p>
        <p>
          {t('run.ordered')} {count(run.counts.ordered)} {formatYen(run.amounts.ordered)} /{' '}
          {t('run.authorized')} {count(run.counts.authorized)} {formatYen(run.amounts.authorized)} /{' '}
          {t('run.declined')} {count(run.counts.declined)} / {t('run.attention')} {count(run.attention)}
        </p>
        <h2>
          {t(`run.tabs.${tab}`)} {t('run.printed', { shown: formatCount(rows.length) })}
        </h2>
        <table>
          <thead>
            <tr>
              {(['number', 'customer', 'turn', 'deliverOn', 'order', 'total', 'status', 'code'] as const).map(
                (id) => (
                  <th key={id}>{t(`run.columns.${id}`)}</th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.cycleId}>
                <td>{row.subscription.number}</td>
                <td>{row.subscription.customer.name}</td>
                <td>{row.turn === null ? '' : desk('list.turn', { turn: row.turn })}</td>
                <td>{dateOf(row)}</td>
                <td>{row.order?.number ?? ''}</td>
                <td>{row.order === null ? '' : formatYen(row.order.total)}</td>
                <td>{statusWords(t, row)}</td>
                <td>{row.lastCode ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Portal>
  )
}

/** What a run has made of each turn. */
export function RunReport(props: ReportProps) {
  const { run, tab } = props
  const { t } = useTranslation('subscriptionRuns')
  const [, go] = useLocation()
  const columns = useReportColumns()
  const list = useInfiniteQuery(
    api.subscriptionRuns.turns.infiniteOptions({
      input: (cursor: string | null) => ({ id: run.id, tab, cursor, limit: PAGE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, total, onNearEnd, foot } = usePaged(list)
  return (
    <>
      <Tabs {...props} />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        view={`${run.id} ${tab}`}
        label={t(`run.tabs.${tab}`)}
        list={`/subscriptions/runs/${run.id}`}
        rows={rows}
        columns={columns}
        widths={REPORT_WIDTHS}
        numeric={['total']}
        titled={['customer']}
        rowId={(row) => row.cycleId}
        onOpen={(row) => go(`/subscriptions/${row.subscription.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={<Text>{t(`run.empty.${tab}`)}</Text>}
        foot={
          <>
            <ListFoot {...foot} />
            <Text size="xs" c="dimmed">
              {t('run.note')}
            </Text>
          </>
        }
      />
      <Paper run={run} tab={tab} rows={rows ?? []} />
    </>
  )
}
