import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SubscriptionImportDetail } from '../../../../contract/subscription-imports'
import { client } from '../../lib/client'
import { ErrorPanel } from '../../ui/states'
import { percentOf } from '../customer-imports/run-card'

const MOVING = ['checking', 'writing', 'undoing'] as const

/** How far the work of an import is, with the way to stop it or to go on. */
export function RunCard({ detail }: { detail: SubscriptionImportDetail }) {
  const { t } = useTranslation('subscriptionImports')
  const { id, job } = detail
  const cancelling = useMutation({ mutationFn: () => client.subscriptionImports.cancel({ id }) })
  const resuming = useMutation({ mutationFn: () => client.subscriptionImports.resume({ id }) })
  const state = MOVING.find((one) => one === detail.state)
  if (!state) return null
  if (job === null) return <Alert color="gray">{t('run.elsewhere')}</Alert>
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
    : job.state === 'waiting'
      ? 'run.waiting'
      : (`run.${state}` as const)
  const percent = percentOf(job)
  return (
    <section className="card" aria-label={t(words)}>
      <Group justify="space-between" mb={8}>
        <Text size="sm">{t(words)}</Text>
        <Group gap={16}>
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
      <Progress value={percent} aria-label={t(words)} />
      {cancelling.isError && <ErrorPanel error={cancelling.error} />}
    </section>
  )
}
