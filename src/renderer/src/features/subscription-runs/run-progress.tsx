import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { JobView } from '../../../../contract/jobs'
import type { RunDetail } from '../../../../contract/subscription-run-views'
import { api, client } from '../../lib/client'
import { percentOf } from '../../lib/percent-of'
import { tellError } from '../../lib/tell-error'

const MINUTE = 60

function Failed({ job, id, mayRun }: { job: JobView; id: string; mayRun: boolean }) {
  const { t } = useTranslation('subscriptionRuns')
  const resuming = useMutation({
    mutationFn: () => client.subscriptionRuns.resume({ id }),
    onError: tellError,
  })
  return (
    <Alert color="red" role="alert" c="var(--mantine-color-text)">
      <Text size="sm">{t('run.failed')}</Text>
      <Group mt="xs" gap={12}>
        {mayRun && (
          <Button loading={resuming.isPending} onClick={() => resuming.mutate()}>
            {t('run.resume')}
          </Button>
        )}
        {job.cause !== null && (
          <Text size="sm">
            {t('run.support')} <code>{job.cause}</code>
          </Text>
        )}
      </Group>
    </Alert>
  )
}

/** How far a run is, with the way to stop it. */
function Going({ job, id, mayRun }: { job: JobView; id: string; mayRun: boolean }) {
  const { t } = useTranslation('subscriptionRuns')
  const cancelling = useMutation({
    mutationFn: () => client.subscriptionRuns.cancel({ id }),
    onError: tellError,
  })
  const words = job.cancelWanted ? 'run.cancelling' : job.state === 'waiting' ? 'run.waiting' : 'run.running'
  const percent = percentOf(job)
  const { secondsLeft: left } = job
  return (
    <section className="card" aria-label={t(words)} data-testid="run-progress">
      <Group justify="space-between" mb={8}>
        <Text size="sm" role="status">
          {t(words)}
        </Text>
        <Group gap={16}>
          {left !== null && (
            <Text size="sm">
              {left > MINUTE
                ? t('run.minutesLeft', { minutes: Math.ceil(left / MINUTE) })
                : t('run.secondsLeft', { seconds: left })}
            </Text>
          )}
          <Text fw={600}>{t('run.progress', { percent })}</Text>
          {mayRun && (
            <Button
              variant="default"
              disabled={job.cancelWanted}
              loading={cancelling.isPending}
              onClick={() => cancelling.mutate()}
            >
              {t('run.cancel')}
            </Button>
          )}
        </Group>
      </Group>
      <Progress value={percent} aria-label={t(words)} />
    </section>
  )
}

/** What is to be said of how a run goes, or how it came to its end. */
export function RunProgress({ run }: { run: RunDetail }) {
  const { t } = useTranslation('subscriptionRuns')
  const session = useQuery(api.auth.session.queryOptions())
  const mayRun = session.data?.permissions.includes('subscription.run') === true
  const { job, state, stopped, counts } = run
  if (state === 'failed' && job) return <Failed job={job} id={run.id} mayRun={mayRun} />
  if (state === 'running') {
    if (job && (job.state === 'running' || job.state === 'waiting'))
      return <Going job={job} id={run.id} mayRun={mayRun} />
    return (
      <Alert color="gray" role="note" c="var(--mantine-color-text)">
        {t('run.elsewhere')}
      </Alert>
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
