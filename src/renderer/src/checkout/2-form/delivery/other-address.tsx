import { useTranslation } from 'react-i18next'
import type { CheckoutForm } from '../../../../../contract/checkout'
import { useDraft } from '../../draft/draft-context'
import { Field } from '../../parts/field'
import customer from '../customer/customer.module.css'
import { PrefectureField } from '../customer/prefecture-field'
import styles from './delivery.module.css'

type Other = Extract<CheckoutForm['shipTo'], { kind: 'other' }>
type Key = Exclude<keyof Other, 'kind'>

/** The fields of an address that is not the customer's own. */
export function OtherAddress({ shipTo }: { shipTo: Other }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const set = (key: Key, text: string) =>
    draft.edit((form) =>
      form.shipTo.kind === 'other' ? { ...form, shipTo: { ...form.shipTo, [key]: text } } : form,
    )
  const field = (key: Key, maxLength: number) => ({
    path: `shipTo.${key}`,
    label: t(`customer.fields.${key}`),
    value: shipTo[key],
    maxLength,
    onType: (text: string) => set(key, text),
  })
  return (
    <div className={`${customer.grid} ${styles.other}`} role="group" aria-label={t('delivery.toOther')}>
      <div className={customer.w4}>
        <Field {...field('name', 80)} required />
      </div>
      <div className={customer.w3}>
        <Field {...field('phone', 30)} required />
      </div>
      <div className={customer.w2}>
        <Field {...field('postalCode', 12)} required />
      </div>
      <div className={customer.w3}>
        <PrefectureField {...field('prefecture', 10)} />
      </div>
      <div className={customer.w4}>
        <Field {...field('city', 60)} required />
      </div>
      <div className={customer.w4}>
        <Field {...field('address', 100)} required />
      </div>
      <div className={customer.w4}>
        <Field {...field('building', 60)} />
      </div>
    </div>
  )
}
