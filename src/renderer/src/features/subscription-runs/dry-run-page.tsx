import { Alert, Button, SegmentedControl, Skeleton, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearch } from 'wouter'
import type { DryRun } from '../../../../contract/subscription-run-views'
import { api, client, describeError } from '../../lib/client'
import { formatCount, formatYen } from '../../lib/format'
import { BackLink } from '../../ui/back-link'
import { DataTable } from '../../ui/data-table'
import { DateField } from '../../ui/date-field'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useBackKey } from '../../ui/use-back-key'
import { CsvMenu } from './csv-menu'
import { DRY_WIDTHS, useDryColumns } from './dry-columns'
import styles from './subscription-runs.module.css'

const RUNS = '/subscriptions/runs'
const DATE = /^\d{4}-\d{2}-\d{2}$/

function Fact({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        {value}
        {note !== undefined && <span>{note}</span>}
      </dd>
    </div>
  )
}

function Facts({ dry }: { dry: DryRun }) {
  const { t } = useTranslation('subscriptionRuns')
  const count = (value: number) => t('dry.count', { shown: formatCount(value) })
  return (
    <dl className={`card ${styles.facts}`}>
      <Fact name={t('dry.orders')} value={count(dry.orders)} />
      <Fact name={t('dry.total')} value={formatYen(dry.total)} />
      <Fact
        name={t('dry.authorizations')}
        value={count(dry.authorizations)}
        {...(dry.retries > 0 ? { note: t('dry.retries', { count: dry.retries }) } : {})}
      />
      <Fact name={t('dry.attention')} value={count(dry.attention)} />
      <Fact name={t('dry.skipped')} value={count(dry.skipped)} />
    </dl>
  )
}

function Problems({ dry }: { dry: DryRun }) {
  const { t } = useTranslation('subscriptionRuns')
  if (dry.problems.length === 0) return null
  return (
    <Alert color="yellow" title={t('dry.problems')} c="var(--mantine-color-text)" role="note">
      <ul className={styles.problems}>
        {dry.problems.map(({ subscriptionId, number, why }) => (
          <li key={subscriptionId}>
            <Link href={`/subscriptions/${subscriptionId}`}>{number}</Link> {t(`dry.problem.${why}`)}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

/** What the run would do, line by line. */
function Preview({ dry }: { dry: DryRun }) {
  const { t } = useTranslation('subscriptionRuns')
  const [, go] = useLocation()
  const columns = useDryColumns()
  return (
    <>
      <Facts dry={dry} />
      <Problems dry={dry} />
      <DataTable
        view={dry.date}
        label={t('dry.lines')}
        list="/subscriptions/runs/new"
        rows={dry.lines}
        columns={columns}
        widths={DRY_WIDTHS}
        numeric={['total']}
        titled={['customer']}
        rowId={(row) => `${row.subscriptionId} ${row.turn}`}
        onOpen={(row) => go(`/subscriptions/${row.subscriptionId}`)}
        onNearEnd={() => undefined}
        total={dry.more ? null : dry.lines.length}
        empty={<Text>{t('dry.nothing')}</Text>}
        foot={
          <Text size="xs">
            {dry.more ? t('dry.more') : t('dry.count', { shown: formatCount(dry.lines.length) })}
          </Text>
        }
      />
    </>
  )
}

/** 定期を実行: what would be done on a day, and the button that does it. */
export function DryRunPage() {
  const { t } = useTranslation('subscriptionRuns')
  const [, go] = useLocation()
  const queries = useQueryClient()
  const asked = new URLSearchParams(useSearch()).get('date')
  const date = asked !== null && DATE.test(asked) ? asked : null
  const [choosing, setChoosing] = useState(date !== null)
  const waits = choosing && date === null
  const show = (next: string | null) =>
    go(next === null ? `${RUNS}/new` : `${RUNS}/new?date=${next}`, { replace: true })
  useBackKey(RUNS)
  const dry = useQuery({
    ...api.subscriptionRuns.dryRun.queryOptions({ input: { date } }),
    enabled: !waits,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  const starting = useMutation({
    mutationFn: () => client.subscriptionRuns.start({ date }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: api.subscriptionRuns.key() })
      go(`${RUNS}/${id}`, { replace: true })
    },
  })
  const { data } = dry
  const shown = waits ? undefined : data
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <BackLink list={RUNS}>{t('dry.back')}</BackLink>
        <Title order={1}>{t('dry.title')}</Title>
        <div className={pageHead.rest} />
      </div>
      <Text size="sm">{t('dry.words')}</Text>
      <div className={styles.choice}>
        <SegmentedControl
          aria-label={t('dry.date')}
          data={[
            { value: 'today', label: t('dry.today') },
            { value: 'other', label: t('dry.other') },
          ]}
          value={choosing ? 'other' : 'today'}
          onChange={(value) => {
            setChoosing(value === 'other')
            show(null)
          }}
        />
        {choosing && <DateField label={t('dry.date')} width={160} value={date} onChange={show} />}
        <div className={pageHead.rest} />
        <CsvMenu
          disabled={!shown || shown.lines.length + shown.problems.length === 0}
          save={(encoding) => client.subscriptionRuns.dryRunCsv({ date, encoding })}
        />
        <Button
          disabled={!shown || shown.lines.length === 0}
          loading={starting.isPending}
          onClick={() => starting.mutate()}
        >
          {shown && !shown.more ? t('dry.run', { shown: formatCount(shown.lines.length) }) : t('dry.runAny')}
        </Button>
      </div>
      {starting.isError && (
        <Alert color="red" role="alert" c="var(--mantine-color-text)">
          {describeError(starting.error).message}
        </Alert>
      )}
      {dry.isError && !waits && <ErrorPanel error={dry.error} onRetry={() => void dry.refetch()} />}
      {dry.isFetching && !shown && (
        <>
          <Text size="sm" role="status">
            {t('dry.checking')}
          </Text>
          <Skeleton height={360} aria-hidden="true" />
        </>
      )}
      {shown && <Preview dry={shown} />}
    </div>
  )
}
