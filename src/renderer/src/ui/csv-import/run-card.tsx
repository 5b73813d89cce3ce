import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { JobView } from '../../../../contract/jobs'
import { tellError } from '../../lib/tell-error'
import { isGoing, JobElsewhere, JobFailed, JobProgress } from '../job-progress'
import type { RunningImport } from './csv-import'
import type { CsvImportState } from './state-chip'

/** States in which an import has work to do. */
const OPEN: ReadonlySet<CsvImportState> = new Set(['reading', 'staged', 'checking', 'writing', 'undoing'])

interface RunCardProps {
  readonly of: RunningImport
  readonly detail: { readonly id: string; readonly state: CsvImportState; readonly job: JobView | null }
  /** What is done just now. */
  readonly words: string
  readonly mayCancel: boolean
}

/** How far the work of an import is, with the way to stop it or to go on. Its file may be lost for good: then it is given up. */
export function RunCard({ of, detail: { id, state, job }, words, mayCancel }: RunCardProps) {
  const { t } = useTranslation('csvImports')
  const queries = useQueryClient()
  const resuming = useMutation({ mutationFn: () => of.procedures.resume({ id }), onError: tellError })
  const cancelling = useMutation({
    mutationFn: () => of.procedures.cancel({ id }),
    onError: tellError,
    onSettled: () => queries.invalidateQueries({ queryKey: of.key }),
  })
  const cancel = { ...cancelling, run: cancelling.mutate }
  if (job === null) return OPEN.has(state) ? <JobElsewhere words={t('run.elsewhere')} /> : null
  if (job.state === 'failed') {
    const undoing = state === 'undoing' || job.kind === 'customer-undo'
    return (
      <JobFailed
        job={job}
        words={t(undoing ? 'run.undoFailed' : 'run.failed')}
        resume={{ ...resuming, run: resuming.mutate }}
        giveUp={mayCancel ? { ...cancel, words: t('run.giveUp') } : undefined}
      />
    )
  }
  if (!isGoing(job)) return null
  return (
    <JobProgress
      job={job}
      words={words}
      stopping={t('run.cancelling')}
      stop={mayCancel ? { ...cancel, words: t('run.cancel') } : undefined}
      testId="import-progress"
    />
  )
}
