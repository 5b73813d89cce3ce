import { useTranslation } from 'react-i18next'
import type { ReactNode } from 'react'
import { formatYen } from '../../../lib/format'
import { useDraftState } from '../../draft/draft-context'
import { LegalBadge } from '../legal-badge'
import styles from './totals.module.css'
import { TotalsRows } from './totals-rows'

const SHOWN = 5

/** The running totals beside the form, with the way forward below them. */
export function TotalsPanel({ children }: { children: ReactNode }) {
  const { t } = useTranslation('checkout')
  const { view, save } = useDraftState()
  const { quote } = view
  const more = quote.lines.length - SHOWN
  return (
    <aside className={styles.panel} aria-label={t('totals.heading')}>
      <h2 className={styles.heading}>{t('totals.heading')}</h2>
      <div aria-busy={save === 'waiting' || save === 'saving'}>
        <ul className={styles.lines}>
          {quote.lines.length === 0 && <li className={styles.quiet}>{t('totals.noLines')}</li>}
          {quote.lines.slice(0, SHOWN).map((line) => (
            <li key={line.productId}>
              <span className={styles.name}>{line.name}</span>
              <span className={styles.quiet}>{t('totals.quantity', { quantity: line.quantity })}</span>
              <span className={styles.amount}>{formatYen(line.amount)}</span>
            </li>
          ))}
          {more > 0 && <li className={styles.quiet}>{t('totals.more', { count: more })}</li>}
        </ul>
        <TotalsRows quote={quote} />
        <p className={styles.free}>
          {quote.untilFreeShipping !== null &&
            quote.lines.length > 0 &&
            t('totals.untilFree', { amount: formatYen(quote.untilFreeShipping) })}
        </p>
      </div>
      {children}
      <LegalBadge legal={quote.legal} />
    </aside>
  )
}
