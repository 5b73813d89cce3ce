import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { JobView } from '../../../contract/jobs'
import { formatCount } from '../lib/format'
import { percentOf } from '../lib/percent-of'

const MINUTE = 60

/** Something a person does about the work; who hands it in tells of what goes wrong. */
export interface JobAct {
  readonly words: string
  readonly isPending: boolean
  readonly run: () => void
}

interface JobFailedProps {
  readonly job: JobView
  /** What stands, and what going on with it brings. */
  readonly words: string
  /** 再開する; undefined: this person may not. */
  readonly resume: Omit<JobAct, 'words'> | undefined
  /** Another way out of it. */
  readonly giveUp?: JobAct | undefined
}

/** Long work that came to a halt, with the way to go on. */
export function JobFailed({ job, words, resume, giveUp }: JobFailedProps) {
  const { t } = useTranslation('common')
  return (
    <Alert color="red" role="alert" c="var(--mantine-color-text)">
      <Text size="sm">{words}</Text>
      <Group mt="xs" gap={12}>
        {resume && (
          <Button loading={resume.isPending} onClick={() => resume.run()}>
            {t('job.resume')}
          </Button>
        )}
        {giveUp && (
          <Button variant="default" loading={giveUp.isPending} onClick={() => giveUp.run()}>
            {giveUp.words}
          </Button>
        )}
        {job.cause !== null && (
          <Text size="sm">
            {t('error.support')} <code>{job.cause}</code>
          </Text>
        )}
      </Group>
    </Alert>
  )
}

interface JobProgressProps {
  readonly job: JobView
  /** What is done just now. */
  readonly words: string
  /** What is done once somebody has asked to stop. */
  readonly stopping: string
  /** What becomes of what is done already. */
  readonly hint?: string | undefined
  /** Rows are told beside the percentage. */
  readonly isCounted?: boolean
  /** The way to stop it; undefined: it cannot be stopped, or not by this person. */
  readonly stop: JobAct | undefined
  readonly testId: string
}

function TimeLeft({ job: { secondsLeft } }: { job: JobView }) {
  const { t } = useTranslation('common')
  if (secondsLeft === null) return null
  return (
    <Text size="sm">
      {secondsLeft > MINUTE
        ? t('job.minutesLeft', { minutes: Math.ceil(secondsLeft / MINUTE) })
        : t('job.secondsLeft', { seconds: secondsLeft })}
    </Text>
  )
}

/** How far long work is and how long it still takes, with the way to stop it. */
export function JobProgress({ job, words, stopping, hint, isCounted, stop, testId }: JobProgressProps) {
  const { t } = useTranslation('common')
  const said = job.cancelWanted ? stopping : job.state === 'waiting' ? t('job.waiting') : words
  const percent = percentOf(job)
  return (
    <section className="card" aria-label={said} data-testid={testId}>
      <Group justify="space-between" mb={8}>
        <Text size="sm" role="status">
          {said} {!job.cancelWanted && hint}
        </Text>
        <Group gap={16}>
          <TimeLeft job={job} />
          {isCounted === true && job.total > 0 && (
            <Text size="sm">
              {t('job.of', { done: formatCount(job.done), total: formatCount(job.total) })}
            </Text>
          )}
          <Text fw={600}>{t('job.progress', { percent })}</Text>
          {stop && (
            <Button
              variant="default"
              disabled={job.cancelWanted}
              loading={stop.isPending}
              onClick={() => stop.run()}
            >
              {stop.words}
            </Button>
          )}
        </Group>
      </Group>
      <Progress value={percent} aria-label={said} />
    </section>
  )
}

/** Whether there is a bar to be shown. */
export const isGoing = (job: JobView | null): job is JobView & { state: 'running' | 'waiting' } =>
  job?.state === 'running' || job?.state === 'waiting'

/** It goes on where this window cannot see it. */
export function JobElsewhere({ words }: { words: string }) {
  return (
    <Alert color="gray" role="note" c="var(--mantine-color-text)">
      {words}
    </Alert>
  )
}
