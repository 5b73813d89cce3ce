import { useTranslation } from 'react-i18next'
import type { CheckoutForm } from '../../../../../contract/checkout'
import { AddressFields } from '../../../address/address-fields'
import { PhoneField } from '../../../address/phone-field'
import { useDraft, useDraftState } from '../../draft/draft-context'
import { Field } from '../../parts/field'
import customer from '../customer/customer.module.css'
import styles from './delivery.module.css'

type Other = Extract<CheckoutForm['shipTo'], { kind: 'other' }>
type Key = Exclude<keyof Other, 'kind'>

/** The fields of an address that is not the customer's own. */
export function OtherAddress({ shipTo }: { shipTo: Other }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { faults } = useDraftState()
  const change = (patch: Partial<Other>) =>
    draft.edit((form) =>
      form.shipTo.kind === 'other' ? { ...form, shipTo: { ...form.shipTo, ...patch } } : form,
    )
  const fault = (key: Key) => faults.find(({ path }) => path === `shipTo.${key}`)?.message
  const flush = () => void draft.flush()
  return (
    <div className={`${customer.grid} ${styles.other}`} role="group" aria-label={t('delivery.toOther')}>
      <div className={customer.w4}>
        <Field
          path="shipTo.name"
          label={t('customer.fields.name')}
          value={shipTo.name}
          maxLength={80}
          onType={(name) => change({ name })}
          required
        />
      </div>
      <div className={customer.w3}>
        <PhoneField
          label={t('customer.fields.phone')}
          path="shipTo.phone"
          value={shipTo.phone}
          error={fault('phone')}
          onType={(phone) => change({ phone })}
          onLeave={flush}
          required
        />
      </div>
      <AddressFields
        value={shipTo}
        path="shipTo"
        name={shipTo.name}
        fault={fault}
        onChange={change}
        onLeave={flush}
      />
    </div>
  )
}
