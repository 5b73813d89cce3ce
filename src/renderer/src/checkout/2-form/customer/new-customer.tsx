import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CustomerFields } from '../../../../../contract/customers'
import { AddressFields } from '../../../address/address-fields'
import { PhoneField } from '../../../address/phone-field'
import { useDraft, useDraftState } from '../../draft/draft-context'
import { Field } from '../../parts/field'
import { useFocusPlan } from '../../parts/focus-plan'
import { Section } from '../../parts/section'
import styles from './customer.module.css'
import { useFurigana } from './use-furigana'

type Key = keyof CustomerFields

/** The fields of a caller who is not known yet. */
export function NewCustomer({ fields }: { fields: CustomerFields }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const { faults } = useDraftState()
  const change = (patch: Partial<CustomerFields>) =>
    draft.edit((form) =>
      form.customer.kind === 'new'
        ? { ...form, customer: { kind: 'new', fields: { ...form.customer.fields, ...patch } } }
        : form,
    )
  const set = (key: Key, text: string) => change({ [key]: text })
  const fault = (key: Key) => faults.find(({ path }) => path === `customer.fields.${key}`)?.message
  const flush = () => void draft.flush()
  const family = useFurigana(fields.familyKana, (kana) => set('familyKana', kana))
  const given = useFurigana(fields.givenKana, (kana) => set('givenKana', kana))
  const typeName = (key: Key, furigana: typeof family) => (text: string) => {
    set(key, text)
    furigana.onNameTyped(text)
  }
  const field = (key: Key, maxLength: number) => ({
    path: `customer.fields.${key}`,
    label: t(`customer.fields.${key}`),
    value: fields[key],
    maxLength,
    onType: (text: string) => set(key, text),
  })
  const backToSearch = () => {
    plan.go('customer-search')
    draft.edit((form) => ({ ...form, customer: { kind: 'none', phone: fields.phone } }))
  }
  return (
    <Section
      title={t('customer.newTitle')}
      name="customer"
      aside={
        <Button variant="subtle" size="compact-sm" onClick={backToSearch}>
          {t('customer.backToSearch')}
        </Button>
      }
    >
      <div className={styles.grid}>
        <div className={styles.w3} ref={plan.target('customer-new')}>
          <Field
            {...field('familyName', 40)}
            {...family.name}
            onType={typeName('familyName', family)}
            required
          />
        </div>
        <div className={styles.w3}>
          <Field {...field('givenName', 40)} {...given.name} onType={typeName('givenName', given)} required />
        </div>
        <div className={styles.w3}>
          <Field {...field('familyKana', 60)} onType={family.onKanaTyped} required />
        </div>
        <div className={styles.w3}>
          <Field {...field('givenKana', 60)} onType={given.onKanaTyped} required />
        </div>
        <div className={styles.w3}>
          <PhoneField
            label={t('customer.fields.phone')}
            path="customer.fields.phone"
            value={fields.phone}
            error={fault('phone')}
            onType={(text) => set('phone', text)}
            onLeave={flush}
            required
          />
        </div>
        <AddressFields
          value={fields}
          path="customer.fields"
          name={[fields.familyName, fields.givenName].filter(Boolean).join(' ')}
          fault={fault}
          onChange={change}
          onLeave={flush}
        />
        <div className={styles.w4}>
          <Field {...field('email', 254)} inputMode="email" />
        </div>
      </div>
    </Section>
  )
}
