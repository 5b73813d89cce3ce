import { Button } from '@mantine/core'
import { IconDeviceMobileCog } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { SubscriptionStatus } from '../../../../contract/subscription-form'
import type { AttentionTurn } from '../../../../contract/subscription-run-views'
import { formatPhone } from '../../../../contract/text'
import { KeypadPopup } from '../../checkout/1-keypad-entry/keypad-popup'
import { FailureWords } from '../../checkout/parts/failure-words'
import { formatDateTime, formatPlainDate, formatYen } from '../../lib/format'
import { dialogIsOpen, useHotkey } from '../../lib/keyboard'
import { Key } from '../../ui/states'
import { useCardRegistration, type CardRegistration } from '../customers/use-card-registration'
import { attentionWords } from '../subscriptions/desk-words'
import { SubscriptionChip } from '../subscriptions/subscription-chip'
import styles from './subscription-runs.module.css'
import { MoveTurnDialog, SkipTurnDialog } from './turn-dialogs'
import { useTurnChange, type TurnChange } from './use-turn-change'

/** Whom to call, and about what. */
function Who({ turn }: { turn: AttentionTurn }) {
  const { t } = useTranslation('subscriptionRuns')
  const { t: desk } = useTranslation('subscriptionDesk')
  const { subscription, order, shipOn, deliverOn, nextTryOn, calledAt } = turn
  const status = SubscriptionStatus.safeParse(turn.subscriptionStatus)
  const dates =
    shipOn === null || deliverOn === null
      ? null
      : t('attention.dates', { ship: formatPlainDate(shipOn), deliver: formatPlainDate(deliverOn) })
  return (
    <div className={styles.who}>
      <strong>{subscription.customer.name}</strong>
      <span className={styles.phone}>{formatPhone(subscription.customer.phone)}</span>
      <span>{turn.reason === null ? t('attention.retrying') : attentionWords(desk, turn.reason)}</span>
      <span>
        {t('attention.facts', {
          number: subscription.number,
          turn: turn.turn,
          total: order === null ? '' : formatYen(order.total),
        })}
      </span>
      {dates !== null && <span>{dates}</span>}
      {turn.tries > 0 && <span>{t('attention.tried', { count: turn.tries })}</span>}
      {nextTryOn !== null && <span>{t('attention.nextTry', { date: formatPlainDate(nextTryOn) })}</span>}
      {calledAt !== null && <span>{t('attention.calledAt', { at: formatDateTime(calledAt) })}</span>}
      {status.success && status.data !== 'active' && <SubscriptionChip status={status.data} />}
    </div>
  )
}

interface ActsProps {
  readonly turn: AttentionTurn
  readonly change: TurnChange
  readonly registration: CardRegistration
  readonly isBusy: boolean
  readonly onRetry: () => void
  readonly onAsk: (act: 'skip' | 'move') => void
}

/** What can be done about it. F8 opens the keypad for the contract's card, F7 authorizes. */
function Acts({ turn, change, registration, isBusy, onRetry, onAsk }: ActsProps) {
  const { t } = useTranslation('subscriptionRuns')
  const [, go] = useLocation()
  const { keypadOff } = registration
  const mayKey = keypadOff === null && !isBusy
  const mayRetry = turn.canRetry && !isBusy
  const key = () => registration.start(turn.card?.id ?? null)
  useHotkey('F8', () => mayKey && !dialogIsOpen() && key())
  useHotkey('F7', () => mayRetry && !dialogIsOpen() && onRetry())
  const called = turn.calledAt !== null
  return (
    <div className={styles.acts}>
      <Button
        variant="default"
        leftSection={<IconDeviceMobileCog size={16} aria-hidden="true" />}
        rightSection={<Key>F8</Key>}
        aria-keyshortcuts="F8"
        disabled={!mayKey}
        onClick={key}
      >
        {t('attention.rekey')}
      </Button>
      <Button
        rightSection={<Key>F7</Key>}
        aria-keyshortcuts="F7"
        disabled={!mayRetry}
        loading={change.retry.isPending}
        onClick={onRetry}
      >
        {t('attention.retry')}
      </Button>
      <Button
        variant="default"
        loading={change.call.isPending}
        disabled={isBusy}
        onClick={() => change.call.mutate(!called)}
      >
        {t(called ? 'attention.uncall' : 'attention.call')}
      </Button>
      <Button variant="default" disabled={!turn.canChange || isBusy} onClick={() => onAsk('skip')}>
        {t('attention.skip')}
      </Button>
      <Button variant="default" disabled={!turn.canChange || isBusy} onClick={() => onAsk('move')}>
        {t('attention.move')}
      </Button>
      <Button variant="default" onClick={() => go(`/subscriptions/${turn.subscription.id}`)}>
        {t('attention.open')}
      </Button>
    </div>
  )
}

/** What happens now, or why no card can be keyed. */
function Now({ registration, asking }: { registration: CardRegistration; asking: boolean }) {
  const { t } = useTranslation('subscriptionRuns')
  const { t: customers } = useTranslation('customers')
  const { failure, keypadOff, busy, again } = registration
  if (failure) {
    return (
      <div className={styles.failure} role="alert">
        <p>{failure.message}</p>
        <FailureWords failure={failure} />
        {again && (
          <Button size="compact-sm" onClick={again}>
            {t(failure.next === 'wait-and-inquire' ? 'attention.inquire' : 'attention.again')}
          </Button>
        )}
      </div>
    )
  }
  return (
    <p className={styles.now} aria-live="polite">
      {asking
        ? t('attention.asking')
        : busy && !registration.entry.state
          ? t('attention.checking')
          : keypadOff !== null && customers(`cards.keypadOff.${keypadOff}`)}
    </p>
  )
}

interface TurnPaneProps {
  readonly turn: AttentionTurn
  readonly writable: boolean
  /** The turn is done with: the next one of the list takes its place. */
  readonly onGone: () => void
}

/** The chosen turn of 要対応: whom to call, and what to do, without leaving the list. */
export function TurnPane({ turn, writable, onGone }: TurnPaneProps) {
  const { t } = useTranslation('subscriptionRuns')
  const [asked, setAsked] = useState<'skip' | 'move' | null>(null)
  // A card that was keyed here pays, whatever the contract had before.
  const [keyed, setKeyed] = useState<string | null>(null)
  const change = useTurnChange(turn, onGone)
  const registration = useCardRegistration(turn.subscription.customer.id, {
    menu: 'subscription-master',
    onDone: (cardId) => {
      setKeyed(cardId)
      void change.refresh()
    },
  })
  const { retry } = change
  const isBusy = registration.busy || retry.isPending || change.call.isPending
  const close = () => setAsked(null)
  return (
    <section
      className={`card ${styles.pane}`}
      aria-label={t('attention.pane')}
      data-testid="turn-pane"
      data-works-below
    >
      <Who turn={turn} />
      {writable && (
        <>
          <Acts
            turn={turn}
            change={change}
            registration={registration}
            isBusy={isBusy}
            onRetry={() => retry.mutate(keyed)}
            onAsk={setAsked}
          />
          <Now registration={registration} asking={retry.isPending} />
          <KeypadPopup entry={registration.entry} />
          {asked === 'skip' && <SkipTurnDialog turn={turn} change={change} onClose={close} />}
          {asked === 'move' && <MoveTurnDialog turn={turn} change={change} onClose={close} />}
        </>
      )}
    </section>
  )
}
