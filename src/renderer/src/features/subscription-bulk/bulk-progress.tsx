import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BulkDetail } from '../../../../contract/subscription-bulk'
import { api, client } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { isGoing, JobElsewhere, JobFailed, JobProgress } from '../../ui/job-progress'

const MOVING = ['previewing', 'applying', 'undoing'] as const
type Moving = (typeof MOVING)[number]

export const movingOf = ({ state }: Pick<BulkDetail, 'state'>): Moving | undefined =>
  MOVING.find((one) => one === state)

/** What becomes of the contracts that are done when it is stopped. */
const HINT = {
  previewing: undefined,
  applying: 'run.cancelWords',
  undoing: 'run.cancelUndoWords',
} as const

/** How far the work of a 一括変更 is, with the way to stop it or to go on. */
export function BulkProgress({ detail }: { detail: BulkDetail }) {
  const { t } = useTranslation('subscriptionBulk')
  const { id, job } = detail
  const queries = useQueryClient()
  const after = {
    onError: tellError,
    onSettled: () => queries.invalidateQueries({ queryKey: api.subscriptionBulk.key() }),
  }
  const resuming = useMutation({ mutationFn: () => client.subscriptionBulk.resume({ id }), ...after })
  const stopping = useMutation({ mutationFn: () => client.subscriptionBulk.cancel({ id }), ...after })
  const state = movingOf(detail)
  if (!state) return null
  if (job?.state === 'failed') {
    const words = t(state === 'undoing' ? 'run.undoFailed' : 'run.failed')
    return <JobFailed job={job} words={words} resume={{ ...resuming, run: resuming.mutate }} />
  }
  if (job === null) return <JobElsewhere words={t('run.elsewhere')} />
  if (!isGoing(job)) return null
  const hint = HINT[state]
  return (
    <JobProgress
      job={job}
      words={t(`run.${state}`)}
      stopping={t('run.cancelling')}
      hint={hint && t(hint)}
      isCounted
      stop={{ ...stopping, words: t('run.cancel'), run: stopping.mutate }}
      testId="bulk-progress"
    />
  )
}
