import { useTranslation } from 'react-i18next'
import type { ShipTo } from '../../../../../contract/shipments'
import { AddressFields } from '../../../address/address-fields'
import { PhoneField } from '../../../address/phone-field'
import { useDraft, useDraftState } from '../../draft/draft-context'
import { editShipment } from '../../draft/shipments'
import { Field } from '../../parts/field'
import customer from '../customer/customer.module.css'
import styles from './delivery.module.css'

type Other = Extract<ShipTo, { kind: 'other' }>
type Key = Exclude<keyof Other, 'kind'>

/** The fields of an address that is not the customer's own. */
export function OtherAddress({ shipTo, index }: { shipTo: Other; index: number }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { faults } = useDraftState()
  const path = `shipments.${index}.shipTo`
  const change = (patch: Partial<Other>) =>
    draft.edit((form) =>
      editShipment(form, index, (before) =>
        before.shipTo.kind === 'other' ? { ...before, shipTo: { ...before.shipTo, ...patch } } : before,
      ),
    )
  const fault = (key: Key) => faults.find(({ path }) => path === `${path}.${key}`)?.message
  const flush = () => void draft.flush()
  return (
    <div className={`${customer.grid} ${styles.other}`} role="group" aria-label={t('delivery.toOther')}>
      <div className={customer.w4}>
        <Field
          path={`${path}.name`}
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
          path={`${path}.phone`}
          value={shipTo.phone}
          error={fault('phone')}
          onType={(phone) => change({ phone })}
          onLeave={flush}
          required
        />
      </div>
      <AddressFields
        value={shipTo}
        path={path}
        name={shipTo.name}
        fault={fault}
        onChange={change}
        onLeave={flush}
      />
    </div>
  )
}
