import { useTranslation } from 'react-i18next'
import type { DuplicateLevel } from '../../../../contract/customer-merge'
import { StatusChip, type Tone } from '../../ui/status-chip'

const TONES: Readonly<Record<DuplicateLevel, Tone>> = { high: 'wait', middle: 'quiet', low: 'quiet' }

/** How likely two customers are one, in words; where no head says of what, it says so itself. */
export function LevelChip({ level, isNamed }: { level: DuplicateLevel; isNamed: boolean }) {
  const { t } = useTranslation('customerMerge')
  const words = t(`levels.${level}`)
  return <StatusChip tone={TONES[level]}>{isNamed ? t('levelOf', { level: words }) : words}</StatusChip>
}
