import { Alert, Button, Group, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { RunDetail } from '../../../../contract/subscription-run-views'
import { api, client } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { isGoing, JobElsewhere, JobFailed, JobProgress } from '../../ui/job-progress'

/** What is to be said of how a run goes, or how it came to its end. */
export function RunProgress({ run }: { run: RunDetail }) {
  const { t } = useTranslation('subscriptionRuns')
  const session = useQuery(api.auth.session.queryOptions())
  const mayRun = session.data?.permissions.includes('subscription.run') === true
  const { id, job, state, stopped, counts } = run
  const resuming = useMutation({
    mutationFn: () => client.subscriptionRuns.resume({ id }),
    onError: tellError,
  })
  const stopping = useMutation({
    mutationFn: () => client.subscriptionRuns.cancel({ id }),
    onError: tellError,
  })
  if (state === 'failed' && job) {
    const resume = mayRun ? { ...resuming, run: resuming.mutate } : undefined
    return <JobFailed job={job} words={t('run.failed')} resume={resume} />
  }
  if (state === 'running') {
    if (!isGoing(job)) return <JobElsewhere words={t('run.elsewhere')} />
    return (
      <JobProgress
        job={job}
        words={t('run.running')}
        stopping={t('run.cancelling')}
        stop={mayRun ? { ...stopping, words: t('run.cancel'), run: stopping.mutate } : undefined}
        testId="run-progress"
      />
    )
  }
  return (
    <>
      {state === 'cancelled' && (
        <Alert color="gray" role="note" c="var(--mantine-color-text)">
          <Group justify="space-between">
            <Text size="sm">{t('run.cancelled')}</Text>
            {mayRun && (
              <Button component={Link} href="/subscriptions/runs/new" variant="default">
                {t('run.rest')}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      {stopped !== null && (
        <Alert color="yellow" role="note" c="var(--mantine-color-text)">
          {t(`run.stopped.${stopped}`)}
        </Alert>
      )}
      {counts.unknown > 0 && (
        <Alert color="yellow" role="note" c="var(--mantine-color-text)">
          {t('run.unknown', { count: counts.unknown })}
        </Alert>
      )}
    </>
  )
}
