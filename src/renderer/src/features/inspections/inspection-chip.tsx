import { useTranslation } from 'react-i18next'
import type { InspectionStatus } from '../../../../contract/keypad-inspections'
import { StatusChip, type Tone } from '../../ui/status-chip'

const TONE: Readonly<Record<InspectionStatus, Tone>> = {
  failed: 'bad',
  overdue: 'bad',
  'due-soon': 'wait',
  scheduled: 'quiet',
}

/** Where a keypad stands with its inspections. */
export function InspectionChip({ status }: { status: InspectionStatus }) {
  const { t } = useTranslation('inspections')
  return <StatusChip tone={TONE[status]}>{t(`status.${status}`)}</StatusChip>
}

/** 異常なし or 異常あり. */
export function ResultChip({ result }: { result: 'pass' | 'fail' }) {
  const { t } = useTranslation('inspections')
  return <StatusChip tone={result === 'pass' ? 'good' : 'bad'}>{t(`history.${result}`)}</StatusChip>
}
