import {
  IconBuildingBank,
  IconCreditCard,
  IconDeviceMobileCog,
  IconBuildingStore,
  IconGift,
  IconMail,
  IconTruckDelivery,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftState, useFault } from '../../draft/draft-context'
import { ChoiceCards, type Choice } from '../../parts/choice-cards'
import { useFocusPlan } from '../../parts/focus-plan'
import { Section } from '../../parts/section'
import { usePickedCustomer } from '../customer/use-customer'
import type { CardKeying } from '../form-frame'
import { KeyedCard } from './keyed-card'
import { choiceOf, paymentFor, usableCards, type PaymentChoice } from './method-of'
import { OnFileCards } from './on-file-cards'
import styles from './payment.module.css'
import { PlanField } from './plan-field'

const ICON = { size: 20, stroke: 1.6, 'aria-hidden': true } as const

/** お支払方法. There is no field for a card number: a card comes from the keypad or is on file. */
export function PaymentSection({ keyed, keypadOff, onKeypad }: CardKeying) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const { form, view } = useDraftState()
  const { payment } = form
  const costsNothing = view.quote.lines.length > 0 && view.quote.total === 0
  const onFile = usableCards(usePickedCustomer().detail)
  const methodFault = useFault('payment.method')
  const cardFault = useFault('payment.cardId')
  const choice = choiceOf(payment, onFile)
  const choose = (wanted: PaymentChoice) =>
    draft.edit((form) => ({ ...form, payment: paymentFor(wanted, onFile, keyed?.cardId ?? null) }))
  const choices: Choice<PaymentChoice>[] = [
    {
      value: 'keypad',
      label: t('payment.keypad'),
      hint: t('payment.keypadHint'),
      icon: <IconDeviceMobileCog {...ICON} />,
    },
    {
      value: 'on-file',
      label: t('payment.onFile'),
      hint: onFile.length > 0 ? t('payment.onFileHint', { count: onFile.length }) : t('payment.onFileNone'),
      icon: <IconCreditCard {...ICON} />,
      disabled: onFile.length === 0,
    },
    {
      value: 'cod',
      label: t('payment.cod'),
      hint: t('payment.codHint'),
      icon: <IconTruckDelivery {...ICON} />,
    },
    {
      value: 'deferred',
      label: t('payment.deferred'),
      hint: t('payment.deferredHint'),
      icon: <IconMail {...ICON} />,
    },
    {
      value: 'bank-transfer',
      label: t('payment.transfer'),
      hint: t('payment.transferHint'),
      icon: <IconBuildingBank {...ICON} />,
    },
    {
      value: 'konbini',
      label: t('payment.konbini'),
      hint: t('payment.konbiniHint'),
      icon: <IconBuildingStore {...ICON} />,
    },
    ...(costsNothing || payment.method === 'none'
      ? [
          {
            value: 'none' as const,
            label: t('payment.none'),
            hint: t('payment.noneHint'),
            icon: <IconGift {...ICON} />,
          },
        ]
      : []),
  ]
  return (
    <Section title={t('payment.heading')} name="payment">
      <div ref={plan.target('payment')}>
        <ChoiceCards
          legend={t('payment.heading')}
          hideLegend
          numbered
          choices={choices}
          value={choice}
          onChange={choose}
          path="payment.method"
          error={methodFault}
        />
      </div>
      <div className={styles.detail}>
        {choice === 'keypad' && (
          <KeyedCard card={keyed} keypadOff={keypadOff} fault={cardFault} onKeypad={onKeypad} />
        )}
        {choice === 'on-file' && <OnFileCards cards={onFile} fault={cardFault} />}
        <PlanField />
      </div>
    </Section>
  )
}
