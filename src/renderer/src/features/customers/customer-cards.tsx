import { Button, Text, Title } from '@mantine/core'
import { IconDeviceMobileCog } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerDetail } from '../../../../contract/customers'
import { KeypadPopup } from '../../checkout/1-keypad-entry/keypad-popup'
import { formatExpiry } from '../../lib/format'
import { StatusChip } from '../../ui/status-chip'
import styles from './customers.module.css'
import { RegistrationState } from './registration-state'
import { RemoveCardQuestion } from './remove-card-question'
import { useCardRegistration } from './use-card-registration'

interface CustomerCardsProps {
  readonly customerId: string
  readonly cards: CustomerDetail['cards']
  readonly writable: boolean
}

const TONES = { good: 'good', soon: 'wait', over: 'bad' } as const

/** Whether a card can be charged now, and for how long still. */
function Validity({ card }: { card: CustomerDetail['cards'][number] }) {
  const { t } = useTranslation('customers')
  if (!card.usable && card.validity !== 'over')
    return <StatusChip tone="bad">{t('detail.otherService')}</StatusChip>
  return <StatusChip tone={TONES[card.validity]}>{t(`detail.validity.${card.validity}`)}</StatusChip>
}

/** Cards on file: brand, last 3 digits, expiry, whether they can be charged now; register and replace by keypad. */
export function CustomerCards({ customerId, cards, writable }: CustomerCardsProps) {
  const { t } = useTranslation('customers')
  const [removing, setRemoving] = useState<CustomerDetail['cards'][number] | null>(null)
  const registration = useCardRegistration(customerId)
  const { keypadOff, busy } = registration
  return (
    <section className="card" aria-labelledby="cards">
      <div className={styles.cardsHead}>
        <Title order={2} id="cards">
          {t('detail.cards')}
        </Title>
        {writable && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDeviceMobileCog size={16} aria-hidden />}
            disabled={keypadOff !== null || busy}
            onClick={() => registration.start(null)}
          >
            {t('cards.register')}
          </Button>
        )}
      </div>
      {keypadOff !== null && writable && (
        <Text size="sm" role="status">
          {t(`cards.keypadOff.${keypadOff}`)}
        </Text>
      )}
      {cards.length === 0 && <Text size="sm">{t('detail.noCards')}</Text>}
      {cards.map((card) => (
        <div key={card.cardId} className={styles.card} data-testid="card-on-file">
          <Text size="sm" fw={600}>
            {t('detail.card', { brand: card.brand, last3: card.last3 })}
          </Text>
          <Text size="sm">{t('detail.expiry', { expiry: formatExpiry(card.expiryYYMM) })}</Text>
          <Validity card={card} />
          {writable && (
            <span className={styles.cardActions}>
              <Button
                size="compact-sm"
                variant="default"
                disabled={keypadOff !== null || busy}
                onClick={() => registration.start(card.cardId)}
              >
                {t('cards.replace')}
              </Button>
              <Button size="compact-sm" variant="default" disabled={busy} onClick={() => setRemoving(card)}>
                {t('cards.remove')}
              </Button>
            </span>
          )}
        </div>
      ))}
      <RegistrationState registration={registration} />
      <KeypadPopup entry={registration.entry} />
      <RemoveCardQuestion card={removing} onClose={() => setRemoving(null)} />
    </section>
  )
}
