import { Alert, Button, Skeleton, Text, Title } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearch } from 'wouter'
import { RunTab, type RunDetail } from '../../../../contract/subscription-run-views'
import { api, client } from '../../lib/client'
import { formatCount, formatDateTime, formatDayOfYear, formatYen } from '../../lib/format'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useBackKey } from '../../ui/use-back-key'
import { CsvMenu } from './csv-menu'
import { RunChip } from './run-columns'
import { RunProgress } from './run-progress'
import { RunReport } from './run-report'
import styles from './subscription-runs.module.css'

const RUNS = '/subscriptions/runs'

function Counts({ run }: { run: RunDetail }) {
  const { t } = useTranslation('subscriptionRuns')
  const { counts, amounts } = run
  const facts = [
    ['due', counts.due, null],
    ['ordered', counts.ordered, amounts.ordered],
    ['authorized', counts.authorized, amounts.authorized],
    ['declined', counts.declined, null],
    ['attention', run.attention, null],
    ['skipped', counts.skipped, null],
  ] as const
  return (
    <dl className={`card ${styles.facts}`}>
      {facts.map(([name, value, yen]) => (
        <div key={name} className={styles.fact}>
          <dt>{t(`run.${name}`)}</dt>
          <dd>
            {t('run.count', { shown: formatCount(value) })}
            {yen !== null && <span>{formatYen(yen)}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Problems({ run }: { run: RunDetail }) {
  const { t } = useTranslation('subscriptionRuns')
  if (run.problems.length === 0) return null
  return (
    <Alert color="yellow" title={t('dry.problems')} c="var(--mantine-color-text)" role="note">
      <ul className={styles.problems}>
        {run.problems.map(({ subscriptionId, number, why }) => (
          <li key={subscriptionId}>
            <Link href={`/subscriptions/${subscriptionId}`}>{number}</Link> {t(`dry.problem.${why}`)}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

/** One run: how far it is, then its report. */
export function RunPage({ id }: { id: string }) {
  const { t } = useTranslation('subscriptionRuns')
  const [, go] = useLocation()
  const parsed = RunTab.safeParse(new URLSearchParams(useSearch()).get('tab'))
  const tab = parsed.success ? parsed.data : 'made'
  const found = useQuery(api.subscriptionRuns.get.queryOptions({ input: { id } }))
  useBackKey(RUNS)
  const { data: run } = found
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <BackLink list={RUNS}>{t('run.back')}</BackLink>
        <Title order={1}>
          {run ? t('run.title', { date: formatDayOfYear(run.date) }) : t('run.opening')}
        </Title>
        {run && <RunChip state={run.state} />}
        {run && (
          <Text size="sm" c="dimmed">
            {t('run.by', {
              at: formatDateTime(run.startedAt),
              who: run.startedBy ?? t('runs.auto'),
              seat: run.seat,
            })}{' '}
            {run.finishedAt !== null && t('run.finished', { at: formatDateTime(run.finishedAt) })}
          </Text>
        )}
        <div className={pageHead.rest} />
        {run && run.attention > 0 && (
          <Button component={Link} href="/subscriptions/attention" variant="default">
            {t('run.call')}
          </Button>
        )}
        {run?.tabs && (
          <>
            <CsvMenu
              disabled={run.tabs[tab].value === 0}
              save={(encoding) => client.subscriptionRuns.reportCsv({ id, tab, encoding })}
            />
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden="true" />}
              onClick={() => window.print()}
            >
              {t('run.print')}
            </Button>
          </>
        )}
      </div>
      {found.isError && <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton height={420} aria-hidden="true" />}
      {run && (
        <>
          <RunProgress run={run} />
          <Counts run={run} />
          <Problems run={run} />
          {run.tabs && (
            <RunReport
              run={run}
              tab={tab}
              onTab={(next) => go(`${RUNS}/${id}?tab=${next}`, { replace: true })}
            />
          )}
        </>
      )}
    </div>
  )
}
