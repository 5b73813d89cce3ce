import { IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatYen } from '../lib/format'
import { useDraftState } from './draft/draft-context'
import styles from './page.module.css'

/** In a change of an order: what it was, and what 確認画面に進む will do with the money. */
export function ChangeBanner() {
  const { t } = useTranslation('checkout')
  const { view } = useDraftState()
  if (view.changes === null || view.stage === 'completed' || view.stage === 'discarded') return null
  const difference = view.quote.total - view.changes.total
  return (
    <p className={styles.banner} data-testid="change-banner">
      <IconPencil size={18} aria-hidden />
      <span>
        {t('change.banner', { before: formatYen(view.changes.total), after: formatYen(view.quote.total) })}
        {difference !== 0 &&
          t(difference > 0 ? 'change.more' : 'change.less', { amount: formatYen(Math.abs(difference)) })}
      </span>
      <span className={styles.quiet}>{t('change.hold')}</span>
    </p>
  )
}
