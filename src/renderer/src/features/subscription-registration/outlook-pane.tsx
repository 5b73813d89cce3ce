import { useTranslation } from 'react-i18next'
import type { ReactNode } from 'react'
import { LegalBadge } from '../../checkout/2-form/legal-badge'
import { useDraftState } from '../../checkout/draft/draft-context'
import { formatYen } from '../../lib/format'
import { PlanPane } from '../subscriptions/plan-pane'
import styles from './subscription-registration.module.css'
import { useTerms } from './use-terms'

const NOTHING = () => undefined

/** これからのお届け as main works them out of what was typed, what the first turn costs, and the way forward. */
export function OutlookPane({ children }: { children: ReactNode }) {
  const { t } = useTranslation('subscriptionRegistration')
  const { view, save } = useDraftState()
  const { registration, isReadable } = useTerms()
  const { quote } = view
  const plan = {
    shown: { rule: registration.rule, turns: [...registration.plan] },
    isReadable,
    isOld: !isReadable || save !== 'saved',
    isAsking: false,
    error: null,
    retry: NOTHING,
  }
  return (
    <aside className={styles.outlook} aria-label={t('outlook')}>
      <PlanPane plan={plan} isShort />
      <div className={styles.forward}>
        <dl className={styles.first}>
          <dt>{t('firstTotal')}</dt>
          <dd data-testid="total">{formatYen(quote.total)}</dd>
        </dl>
        {children}
        <LegalBadge legal={quote.legal} />
      </div>
    </aside>
  )
}
