import { Alert, Button, Checkbox, Select, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDeviceMobileCog } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PaymentMethod } from '../../../../contract/checkout'
import type { PastTurn } from '../../../../contract/subscription-form'
import type { SubscriptionDetail, SubscriptionUpdate } from '../../../../contract/subscription-views'
import { KeypadPopup } from '../../checkout/1-keypad-entry/keypad-popup'
import { ChoiceCards } from '../../checkout/parts/choice-cards'
import { api, client } from '../../lib/client'
import { formatExpiry, formatYen } from '../../lib/format'
import { useFieldFlow, useHotkey } from '../../lib/keyboard'
import { tellError } from '../../lib/tell-error'
import { Key } from '../../ui/states'
import { RegistrationState } from '../customers/registration-state'
import { useCardRegistration, type CardRegistration } from '../customers/use-card-registration'
import { ChangeDialog } from './change-dialog'
import { PreviewPart } from './change-preview'
import type { ContractDialogProps } from './contract-dialogs'
import styles from './subscriptions.module.css'
import { termsOf } from './update-dialog'
import { useChangePreview } from './use-change-preview'
import { useSubscriptionChange, type ChangeBase } from './use-subscription-change'

interface CardPartProps {
  readonly detail: SubscriptionDetail
  readonly cardId: string | null
  readonly onChange: (cardId: string) => void
  readonly registration: CardRegistration
}

/** The customer's cards on file, and the keypad for a new one. */
function CardPart({ detail, cardId, onChange, registration }: CardPartProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: words } = useTranslation('customers')
  const { keypadOff, busy, start } = registration
  const key = () => start(null)
  useHotkey('F8', key, { enabled: keypadOff === null && !busy && registration.entry.state === null })
  return (
    <>
      {detail.cards.length === 0 ? (
        <Text size="sm">{t('payment.noCards')}</Text>
      ) : (
        <ChoiceCards
          legend={t('payment.cards')}
          choices={detail.cards.map((card) => ({
            value: card.cardId,
            label: t('list.card', { brand: card.brand, last3: card.last3 }),
            hint: t(card.cardId === detail.form.payment.cardId ? 'payment.current' : 'list.expires', {
              expiry: formatExpiry(card.expiryYYMM),
            }),
          }))}
          value={cardId}
          onChange={onChange}
          path="payment.cardId"
        />
      )}
      {keypadOff === null ? (
        <div>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconDeviceMobileCog size={16} aria-hidden />}
            rightSection={<Key>F8</Key>}
            disabled={busy}
            onClick={key}
          >
            {t('payment.key')}
          </Button>
          <Text size="xs" c="dimmed" mt={4}>
            {t('payment.check')}
          </Text>
        </div>
      ) : (
        <Text size="sm" role="status">
          {words(`cards.keypadOff.${keypadOff}`)}
        </Text>
      )}
      <RegistrationState registration={registration} />
    </>
  )
}

/** Another card alone goes by its own procedure: no deadline stands against it, and other 定期 may come along. */
function actOf(detail: SubscriptionDetail, fields: SubscriptionUpdate, others: boolean) {
  const { cardId } = fields.payment
  const isCardOnly = detail.paymentMethod === 'card' && fields.payment.method === 'card'
  return (base: ChangeBase): Promise<SubscriptionDetail> =>
    isCardOnly && cardId !== null
      ? client.subscriptions.useCard({ id: base.id, version: base.version, cardId, others })
      : client.subscriptions.update({ ...base, fields })
}

/** What is to pay from now on, and the keypad for a card that is not on file yet. */
function useWantedPayment(detail: SubscriptionDetail) {
  const queries = useQueryClient()
  const before = termsOf(detail)
  const [method, setMethod] = useState<PaymentMethod>(detail.paymentMethod)
  const [cardId, setCardId] = useState(before.payment.cardId)
  const registration = useCardRegistration(detail.customer.id, {
    menu: 'subscription-master',
    onDone: (keyed) => {
      setCardId(keyed)
      void queries.invalidateQueries({ queryKey: api.subscriptions.get.key() })
    },
  })
  const isCard = method === 'card'
  const fields =
    isCard && cardId === null ? null : { ...before, payment: { method, cardId: isCard ? cardId : null } }
  const isChanged = method !== before.payment.method || (isCard && cardId !== before.payment.cardId)
  return { before, method, setMethod, cardId, setCardId, registration, isCard, fields, isChanged }
}

/** Behind the keypad the next key saves: the button takes the focus once the card has been checked. */
function useFocusBehind(isBusy: boolean, isReady: boolean) {
  const button = useRef<HTMLButtonElement>(null)
  const wasBusy = useRef(false)
  useEffect(() => {
    if (wasBusy.current && !isBusy && isReady) button.current?.focus()
    wasBusy.current = isBusy
  }, [isBusy, isReady])
  return button
}

const openTurnOf = ({ past }: SubscriptionDetail) => past.find(({ status }) => status === 'auth-failed')

/** 再与信 of the turn that was refused, with the card that was just saved: its failure leaves the card as it is. */
function usePayOpenTurn() {
  const { t } = useTranslation('subscriptionDesk')
  const queries = useQueryClient()
  return async (saved: SubscriptionDetail): Promise<SubscriptionDetail> => {
    const turn = openTurnOf(saved)
    if (!turn) return saved
    try {
      const { cycleId, version } = turn
      const { outcome, code } = await client.subscriptionRuns.retryNow({ cycleId, version, cardId: null })
      const message = t(`retry.${outcome}`, { turn: turn.turn ?? '', code: code ?? '' })
      notifications.show({ message, color: outcome === 'authorized' ? 'accent' : 'red' })
    } catch (error) {
      tellError(error)
    }
    for (const key of [api.subscriptionRuns.key(), api.orders.key(), api.home.key()])
      void queries.invalidateQueries({ queryKey: key })
    return client.subscriptions.get({ id: saved.id })
  }
}

/** お支払いを変更: another way, another card of the file, or a new one by the keypad. */
export function PaymentDialog({ detail, onClose }: ContractDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: common } = useTranslation('common')
  const [others, setOthers] = useState(true)
  const [pays, setPays] = useState(true)
  const wanted = useWantedPayment(detail)
  const { before, method, registration, isCard, fields, isChanged } = wanted
  const asksOthers = isChanged && isCard && detail.paymentMethod === 'card' && detail.cardShared > 0
  const takesOthers = asksOthers && others
  const openTurn = isCard ? openTurnOf(detail) : undefined
  const paysOpen = openTurn !== undefined && pays
  const payOpenTurn = usePayOpenTurn()
  const preview = useChangePreview(detail, fields === null ? null : { kind: 'update', fields })
  const change = useSubscriptionChange({
    detail,
    said: takesOthers ? t('payment.doneAll', { count: detail.cardShared + 1 }) : t('payment.done'),
    onDone: onClose,
    // Where others came along, each would have to go back to a card of its own; what was paid stays paid.
    undo:
      takesOthers || paysOpen || (before.payment.method === 'card' && before.payment.cardId === null)
        ? undefined
        : actOf({ ...detail, paymentMethod: method }, before, false),
  })
  const isReady = fields !== null && isChanged && !registration.busy
  const yesRef = useFocusBehind(registration.busy, isReady)
  const form = useRef<HTMLDivElement>(null)
  useFieldFlow(form)
  const save = () => {
    if (fields === null) return
    const act = actOf(detail, fields, takesOthers)
    change.run(paysOpen ? async (base) => payOpenTurn(await act(base)) : act)
  }
  return (
    <>
      <ChangeDialog
        title={t('payment.title')}
        size={760}
        isOpen={registration.entry.state === null}
        change={change}
        yes={t(paysOpen ? 'payment.saveAndPay' : 'update.yes')}
        yesRef={yesRef}
        isReady={isReady}
        onYes={save}
        onClose={onClose}
      >
        <div ref={form} className={styles.dialogForm}>
          <Select
            label={t('payment.method')}
            w={200}
            allowDeselect={false}
            data={PaymentMethod.options.map((value) => ({ value, label: common(`method.${value}`) }))}
            value={method}
            onChange={(value) =>
              wanted.setMethod(PaymentMethod.options.find((one) => one === value) ?? method)
            }
          />
          {isCard && (
            <CardPart
              detail={detail}
              cardId={wanted.cardId}
              onChange={wanted.setCardId}
              registration={registration}
            />
          )}
          {asksOthers && (
            <Checkbox
              label={t('payment.others', { count: detail.cardShared })}
              checked={others}
              onChange={(event) => setOthers(event.currentTarget.checked)}
            />
          )}
          {openTurn && <OpenTurnChoice turn={openTurn} checked={pays} onChange={setPays} />}
        </div>
        <PreviewPart preview={preview} isLow={openTurn !== undefined} />
      </ChangeDialog>
      <KeypadPopup entry={registration.entry} />
    </>
  )
}

interface OpenTurnProps {
  readonly turn: PastTurn
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** A turn of which the card was refused: the new card pays it with the same press. */
function OpenTurnChoice({ turn, checked, onChange }: OpenTurnProps) {
  const { t } = useTranslation('subscriptionDesk')
  const total = turn.order === null ? '' : formatYen(turn.order.total)
  return (
    <Alert color="yellow" role="note" c="var(--mantine-color-text)">
      <Checkbox
        label={t('payment.payOpen', { turn: turn.turn ?? '', total })}
        description={t('payment.payOpenNote')}
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </Alert>
  )
}
