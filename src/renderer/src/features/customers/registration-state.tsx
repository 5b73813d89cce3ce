import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FailureWords } from '../../checkout/parts/failure-words'
import styles from './customers.module.css'
import type { CardRegistration } from './use-card-registration'

/** How the registration of a card stands behind the popup: checking, or what stands in the way and what to do. */
export function RegistrationState({ registration }: { registration: CardRegistration }) {
  const { t } = useTranslation('customers')
  const { busy, failure } = registration
  return (
    <>
      <p className={styles.cardsNow} aria-live="polite">
        {busy && !registration.entry.state && t('cards.checking')}
      </p>
      {failure && (
        <div className={styles.cardFailure} role="alert">
          <p className={styles.cardFailureHead}>{failure.message}</p>
          <FailureWords failure={failure} />
          {registration.again && (
            <Button size="compact-sm" onClick={registration.again}>
              {t(failure.next === 'wait-and-inquire' ? 'cards.inquire' : 'cards.again')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}
