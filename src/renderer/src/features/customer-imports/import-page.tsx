import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ImportDetail } from '../../../../contract/customer-imports'
import { api } from '../../lib/client'
import { FaultsCard, KeptCard } from '../../ui/csv-import/fault-cards'
import { CountsCard, ImportDetailFrame } from '../../ui/csv-import/import-detail'
import { RunCard } from '../../ui/csv-import/run-card'
import { UndoButton } from '../../ui/csv-import/undo-button'
import { customerCsv } from './customer-csv'
import { QuestionCard } from './question-card'

const COUNTS = ['read', 'added', 'updated', 'skipped', 'broken', 'kept'] as const

/** What the work does just now: behind the switch, known customers are changed. */
function runWords({ job, state }: ImportDetail) {
  if (job?.kind === 'customer-undo') return 'run.undoing'
  return state === 'visible' ? 'run.updating' : 'run.reading'
}

function Cards({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation('customerImports')
  const { id, state, question, counts, faults, faultCount, kept } = detail
  return (
    <>
      {question && <QuestionCard id={id} question={question} />}
      <RunCard of={customerCsv} detail={detail} words={t(runWords(detail))} mayCancel={state === 'reading'} />
      <CountsCard
        counts={COUNTS.filter((key) => key !== 'kept' || counts.kept > 0).map((key) => ({
          key,
          words: t(`result.${key}`),
          value: counts[key],
        }))}
        action={<UndoButton of={customerCsv} detail={detail} words={t('result.undoWords')} />}
      />
      <FaultsCard of={customerCsv} id={id} title={t('result.faults')} faults={faults} count={faultCount} />
      <KeptCard
        title={t('result.keptTitle')}
        numbers={t('result.number')}
        kept={kept.map(({ customerId, number, reason }) => ({
          href: `/customers/${customerId}`,
          number,
          reason: t(`result.${reason}`),
        }))}
        count={counts.kept}
      />
    </>
  )
}

/** One import: its progress, what it asks, what came out, and what it did not take. */
export function ImportPage({ id }: { id: string }) {
  const detail = useQuery(api.customerImports.get.queryOptions({ input: { id } }))
  return (
    <ImportDetailFrame path={customerCsv.path} detail={detail}>
      {detail.data && <Cards detail={detail.data} />}
    </ImportDetailFrame>
  )
}
