import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { JobView } from '../../../contract/jobs'
import { api } from '../lib/client'
import { percentOf } from '../lib/percent-of'
import styles from './shell.module.css'

const OPEN = ['asking', 'failed', 'running', 'waiting'] as const
const DOT = { running: 'busy', waiting: 'off', asking: 'busy', failed: 'trouble' } as const

const isOpen = (job: JobView | undefined): job is JobView & { state: (typeof OPEN)[number] } =>
  OPEN.some((state) => state === job?.state)

/** Where a person sees more of a job. */
function placeOf({ kind, subjectId }: JobView): string {
  if (kind === 'subscription-import')
    return subjectId === null ? '/subscriptions/import' : `/subscriptions/import/${subjectId}`
  if (kind === 'subscription-bulk')
    return subjectId === null ? '/subscriptions/bulk' : `/subscriptions/bulk/${subjectId}`
  if (kind === 'subscription-run')
    return subjectId === null ? '/subscriptions/runs' : `/subscriptions/runs/${subjectId}`
  return subjectId === null ? '/customers/import' : `/customers/import/${subjectId}`
}

/** Long work wherever one is: what it is, how far, and the way to it. What waits for a person comes first. */
export function JobChip() {
  const { t } = useTranslation('customerImports')
  const live = useQuery(api.jobs.live.queryOptions())
  const job = OPEN.flatMap((state) => live.data?.filter((one) => one.state === state) ?? [])[0]
  if (!isOpen(job)) return null
  const state =
    job.state === 'running' ? t('run.progress', { percent: percentOf(job) }) : t(`chip.${job.state}`)
  return (
    <Button
      component={Link}
      href={placeOf(job)}
      variant="default"
      size="compact-sm"
      className={styles.lamp ?? ''}
      rightSection={<span className={styles.dot} data-state={DOT[job.state]} aria-hidden="true" />}
      data-testid="job-chip"
      data-state={job.state}
    >
      {t(`chip.${job.kind}`)}
      <strong>{state}</strong>
    </Button>
  )
}
