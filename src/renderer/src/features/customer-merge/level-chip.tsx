import { useTranslation } from 'react-i18next'
import type { DuplicateLevel } from '../../../../contract/customer-merge'
import { StatusChip, type Tone } from '../../ui/status-chip'

const TONES: Readonly<Record<DuplicateLevel, Tone>> = { high: 'bad', middle: 'wait', low: 'quiet' }

/** How likely two customers are one, in words. */
export function LevelChip({ level }: { level: DuplicateLevel }) {
  const { t } = useTranslation('customerMerge')
  return <StatusChip tone={TONES[level]}>{t('levelOf', { level: t(`levels.${level}`) })}</StatusChip>
}
