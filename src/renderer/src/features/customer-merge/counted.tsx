import { useTranslation } from 'react-i18next'
import type { MergePreview } from '../../../../contract/customer-merge'
import { formatCount } from '../../lib/format'

/** How many of what, as one line of words. */
export function useCounted(): (counts: MergePreview['moves']) => string {
  const { t } = useTranslation('customerMerge')
  return (counts) =>
    counts
      .map(({ kind, count }) => t('count', { kind: t(`kinds.${kind}`), count: formatCount(count) }))
      .join('、')
}
