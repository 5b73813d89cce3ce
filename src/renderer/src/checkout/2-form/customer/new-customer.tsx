import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CustomerFields } from '../../../../../contract/customers'
import { useDraft } from '../../draft/draft-context'
import { Field } from '../../parts/field'
import { useFocusPlan } from '../../parts/focus-plan'
import { Section } from '../../parts/section'
import styles from './customer.module.css'
import { PrefectureField } from './prefecture-field'
import { useFurigana } from './use-furigana'

type Key = keyof CustomerFields

/** The fields of a caller who is not known yet. */
export function NewCustomer({ fields }: { fields: CustomerFields }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const set = (key: Key, text: string) =>
    draft.edit((form) =>
      form.customer.kind === 'new'
        ? { ...form, customer: { kind: 'new', fields: { ...form.customer.fields, [key]: text } } }
        : form,
    )
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
          <Field {...field('phone', 30)} inputMode="tel" required />
        </div>
        <div className={styles.w2}>
          <Field {...field('postalCode', 12)} inputMode="numeric" required />
        </div>
        <div className={styles.w3}>
          <PrefectureField
            path="customer.fields.prefecture"
            label={t('customer.fields.prefecture')}
            value={fields.prefecture}
            onType={(text) => set('prefecture', text)}
          />
        </div>
        <div className={styles.w4}>
          <Field {...field('city', 60)} required />
        </div>
        <div className={styles.w4}>
          <Field {...field('address', 100)} required />
        </div>
        <div className={styles.w4}>
          <Field {...field('building', 60)} />
        </div>
        <div className={styles.w4}>
          <Field {...field('email', 254)} inputMode="email" />
        </div>
      </div>
    </Section>
  )
}
