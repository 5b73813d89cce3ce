import { useTranslation } from 'react-i18next'
import type { ImportState } from '../../../../contract/customer-imports'
import type { SubscriptionImportState } from '../../../../contract/subscription-imports'
import { StatusChip, type Tone } from '../status-chip'

export type CsvImportState = ImportState | SubscriptionImportState

const TONE: Readonly<Record<CsvImportState, Tone>> = {
  reading: 'wait',
  staged: 'wait',
  checking: 'wait',
  checked: 'wait',
  writing: 'wait',
  visible: 'good',
  undoing: 'wait',
  undone: 'quiet',
  cancelled: 'quiet',
}

export function ImportStateChip({ state }: { state: CsvImportState }) {
  const { t } = useTranslation('csvImports')
  return <StatusChip tone={TONE[state]}>{t(`state.${state}`)}</StatusChip>
}
