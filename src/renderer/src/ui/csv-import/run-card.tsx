import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { JobView } from '../../../../contract/jobs'
import { percentOf } from '../../lib/percent-of'
import { ErrorPanel } from '../states'
import type { RunningImport } from './csv-import'
import type { CsvImportState } from './state-chip'

const MINUTE = 60

/** States in which an import has work to do. */
const OPEN: ReadonlySet<CsvImportState> = new Set(['reading', 'staged', 'checking', 'writing', 'undoing'])

function TimeLeft({ job: { secondsLeft } }: { job: JobView }) {
  const { t } = useTranslation('csvImports')
  if (secondsLeft === null) return null
  return (
    <Text size="sm">
      {secondsLeft > MINUTE
        ? t('run.minutesLeft', { minutes: Math.ceil(secondsLeft / MINUTE) })
        : t('run.secondsLeft', { seconds: secondsLeft })}
    </Text>
  )
}

interface RunCardProps {
  readonly of: RunningImport
  readonly detail: { readonly id: string; readonly state: CsvImportState; readonly job: JobView | null }
  /** What is done just now. */
  readonly words: string
  readonly mayCancel: boolean
}

/** Gives up an import that is not visible yet. */
function useCancel(of: RunningImport, id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => of.procedures.cancel({ id }),
    onSettled: () => queries.invalidateQueries({ queryKey: of.key }),
  })
}

/** Its file may be lost for good: then it is given up instead. */
function Failed({ of, detail: { id, state }, job, mayCancel }: RunCardProps & { job: JobView }) {
  const { t } = useTranslation('csvImports')
  const resuming = useMutation({ mutationFn: () => of.procedures.resume({ id }) })
  const cancelling = useCancel(of, id)
  const undoing = state === 'undoing' || job.kind === 'customer-undo'
  return (
    <Alert color="red" role="alert" c="var(--mantine-color-text)">
      <Text size="sm">{t(undoing ? 'run.undoFailed' : 'run.failed')}</Text>
      <Group mt="xs" gap={12}>
        <Button variant="default" loading={resuming.isPending} onClick={() => resuming.mutate()}>
          {t('run.resume')}
        </Button>
        {mayCancel && (
          <Button variant="default" loading={cancelling.isPending} onClick={() => cancelling.mutate()}>
            {t('run.giveUp')}
          </Button>
        )}
        {job.cause !== null && (
          <Text size="sm">
            {t('run.support')} <code>{job.cause}</code>
          </Text>
        )}
      </Group>
      {resuming.isError && <ErrorPanel error={resuming.error} />}
      {cancelling.isError && <ErrorPanel error={cancelling.error} />}
    </Alert>
  )
}

/** How far the work of an import is, with the way to stop it or to go on. */
export function RunCard(props: RunCardProps) {
  const { of, detail, mayCancel } = props
  const { t } = useTranslation('csvImports')
  const cancelling = useCancel(of, detail.id)
  const { job, state } = detail
  if (job === null) return OPEN.has(state) ? <Alert color="gray">{t('run.elsewhere')}</Alert> : null
  if (job.state === 'failed') return <Failed {...props} job={job} />
  if (job.state !== 'running' && job.state !== 'waiting') return null
  const words = job.cancelWanted
    ? t('run.cancelling')
    : job.state === 'waiting'
      ? t('run.waiting')
      : props.words
  const percent = percentOf(job)
  return (
    <section className="card" aria-label={words}>
      <Group justify="space-between" mb={8}>
        <Text size="sm">{words}</Text>
        <Group gap={16}>
          <TimeLeft job={job} />
          <Text fw={600}>{t('run.progress', { percent })}</Text>
          {mayCancel && (
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
      {cancelling.isError && <ErrorPanel error={cancelling.error} />}
    </section>
  )
}
