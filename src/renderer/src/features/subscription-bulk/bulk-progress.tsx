import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BulkDetail } from '../../../../contract/subscription-bulk'
import type { JobView } from '../../../../contract/jobs'
import { client } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import { percentOf } from '../../lib/percent-of'

const MOVING = ['previewing', 'applying', 'undoing'] as const
type Moving = (typeof MOVING)[number]

export const movingOf = ({ state }: Pick<BulkDetail, 'state'>): Moving | undefined =>
  MOVING.find((one) => one === state)

function Failed({ id, job }: { id: string; job: JobView }) {
  const { t } = useTranslation('subscriptionBulk')
  const resuming = useMutation({
    mutationFn: () => client.subscriptionBulk.resume({ id }),
    onError: tellError,
  })
  return (
    <Alert color="red" role="alert" c="var(--mantine-color-text)">
      <Text size="sm">{t('run.failed')}</Text>
      <Group mt="xs" gap={12}>
        <Button loading={resuming.isPending} onClick={() => resuming.mutate()}>
          {t('run.resume')}
        </Button>
        {job.cause !== null && (
          <Text size="sm">
            {t('run.support')} <code>{job.cause}</code>
          </Text>
        )}
      </Group>
    </Alert>
  )
}

function wordsOf(state: Moving, job: JobView) {
  if (job.cancelWanted) return 'run.cancelling'
  return job.state === 'waiting' ? 'run.waiting' : (`run.${state}` as const)
}

function Going({ id, job, state }: { id: string; job: JobView; state: Moving }) {
  const { t } = useTranslation('subscriptionBulk')
  const cancelling = useMutation({
    mutationFn: () => client.subscriptionBulk.cancel({ id }),
    onError: tellError,
  })
  const words = t(wordsOf(state, job))
  const percent = percentOf(job)
  return (
    <section className="card" aria-label={words} data-testid="bulk-progress">
      <Group justify="space-between" mb={8}>
        <Text size="sm" role="status">
          {words} {state === 'applying' && !job.cancelWanted && t('run.cancelWords')}
        </Text>
        <Group gap={16}>
          {job.total > 0 && (
            <Text size="sm">
              {t('run.of', { done: formatCount(job.done), total: formatCount(job.total) })}
            </Text>
          )}
          <Text fw={600}>{t('run.progress', { percent })}</Text>
          {state !== 'undoing' && (
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
      <Progress value={percent} aria-label={words} />
    </section>
  )
}

/** How far the work of a 一括変更 is, with the way to stop it or to go on. */
export function BulkProgress({ detail }: { detail: BulkDetail }) {
  const { t } = useTranslation('subscriptionBulk')
  const { id, job } = detail
  const state = movingOf(detail)
  if (!state) return null
  if (job?.state === 'failed') return <Failed id={id} job={job} />
  if (job?.state === 'running' || job?.state === 'waiting') return <Going id={id} job={job} state={state} />
  if (job !== null) return null
  return (
    <Alert color="gray" role="note" c="var(--mantine-color-text)">
      {t('run.elsewhere')}
    </Alert>
  )
}
