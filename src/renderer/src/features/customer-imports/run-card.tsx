import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ImportDetail } from '../../../../contract/customer-imports'
import type { JobView } from '../../../../contract/jobs'
import { client } from '../../lib/client'
import { ErrorPanel } from '../../ui/states'

const MINUTE = 60

/** Share of the work that is done, in whole percent. */
export const percentOf = ({ done, total }: JobView): number =>
  total === 0 ? 0 : Math.min(100, Math.floor((done / total) * 100))

function TimeLeft({ job }: { job: JobView }) {
  const { t } = useTranslation('customerImports')
  const { secondsLeft } = job
  if (secondsLeft === null) return null
  return (
    <Text size="sm">
      {secondsLeft > MINUTE
        ? t('run.minutesLeft', { minutes: Math.ceil(secondsLeft / MINUTE) })
        : t('run.secondsLeft', { seconds: secondsLeft })}
    </Text>
  )
}

/** How far the work of an import is, with the way to stop it or to go on. */
export function RunCard({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation('customerImports')
  const { id, job, state } = detail
  const cancelling = useMutation({ mutationFn: () => client.customerImports.cancel({ id }) })
  const resuming = useMutation({ mutationFn: () => client.customerImports.resume({ id }) })
  const isOpen = state === 'reading' || state === 'staged' || state === 'undoing'
  if (job === null) return isOpen ? <Alert color="gray">{t('run.elsewhere')}</Alert> : null
  if (job.state === 'failed') {
    return (
      <Alert color="red" role="alert" c="var(--mantine-color-text)">
        <Text size="sm">{t('run.failed')}</Text>
        <Group mt="xs" gap={12}>
          <Button variant="default" loading={resuming.isPending} onClick={() => resuming.mutate()}>
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
  if (job.state !== 'running' && job.state !== 'waiting') return null
  const words = job.cancelWanted
    ? 'run.cancelling'
    : job.kind === 'customer-undo'
      ? 'run.undoing'
      : job.state === 'waiting'
        ? 'run.waiting'
        : 'run.reading'
  const percent = percentOf(job)
  return (
    <section className="card" aria-label={t(words)}>
      <Group justify="space-between" mb={8}>
        <Text size="sm">{t(words)}</Text>
        <Group gap={16}>
          <TimeLeft job={job} />
          <Text fw={600}>{t('run.progress', { percent })}</Text>
          {state === 'reading' && (
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
      {cancelling.isError && <ErrorPanel error={cancelling.error} />}
    </section>
  )
}
