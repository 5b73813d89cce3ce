import { useTranslation } from 'react-i18next'
import type { CheckoutForm } from '../../../../../contract/checkout'
import { formatPhone, formatPostalCode } from '../../../../../contract/text'
import { useDraft, useDraftState } from '../../draft/draft-context'
import { ChoiceCards } from '../../parts/choice-cards'
import { useFocusPlan } from '../../parts/focus-plan'
import { Section } from '../../parts/section'
import { addressLine, useCallerFields } from '../customer/use-customer'
import { DeliveryTime } from './delivery-time'
import styles from './delivery.module.css'
import { OtherAddress } from './other-address'

type ShipTo = CheckoutForm['shipTo']

const EMPTY_ADDRESS: Extract<ShipTo, { kind: 'other' }> = {
  kind: 'other',
  name: '',
  phone: '',
  postalCode: '',
  prefecture: '',
  city: '',
  address: '',
  building: '',
}

/** お届け: where, on which day and at which time. */
export function DeliverySection() {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const { form } = useDraftState()
  const { shipTo } = form
  const caller = useCallerFields()
  const { prefecture = '', postalCode = '' } = (shipTo.kind === 'other' ? shipTo : caller) ?? {}
  const choose = (kind: ShipTo['kind']) =>
    draft.edit((form) => {
      if (form.shipTo.kind === kind) return form
      return { ...form, shipTo: kind === 'customer' ? { kind } : EMPTY_ADDRESS }
    })
  return (
    <Section title={t('delivery.heading')} name="delivery">
      <div className={styles.shipTo} ref={plan.target('delivery')}>
        <ChoiceCards
          legend={t('delivery.shipTo')}
          choices={[
            { value: 'customer', label: t('delivery.toCustomer') },
            { value: 'other', label: t('delivery.toOther') },
          ]}
          value={shipTo.kind}
          onChange={choose}
          path="shipTo.kind"
        />
        {shipTo.kind === 'customer' && (
          <p className={styles.address}>
            {caller
              ? `〒${formatPostalCode(caller.postalCode)} ${addressLine(caller)} ／ ${formatPhone(caller.phone)}`
              : t('delivery.toCustomerNone')}
          </p>
        )}
      </div>
      {shipTo.kind === 'other' && <OtherAddress shipTo={shipTo} />}
      <DeliveryTime
        to={{ prefecture, postalCode }}
        value={form}
        onChange={(patch) => draft.edit((edited) => ({ ...edited, ...patch }))}
      />
    </Section>
  )
}
