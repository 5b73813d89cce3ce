import { Alert, Button, Textarea, TextInput, Title } from '@mantine/core'
import { useRef, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerDetail, CustomerFields } from '../../../../contract/customers'
import address from '../../address/address.module.css'
import { AddressFields } from '../../address/address-fields'
import { PhoneField } from '../../address/phone-field'
import { useFieldFlow } from '../../lib/keyboard'
import { BothVersions } from '../../ui/both-versions'
import styles from './customers.module.css'
import { useCustomerForm, type Clash, type CustomerDraft } from './use-customer-form'

type FieldName = keyof CustomerFields

const HALVES: readonly FieldName[] = ['familyName', 'givenName', 'familyKana', 'givenKana']
const LIMITS: Readonly<Partial<Record<FieldName, number>>> = {
  familyName: 40,
  givenName: 40,
  familyKana: 60,
  givenKana: 60,
  email: 254,
}

interface ClashNoteProps {
  readonly clashes: readonly Clash[]
  readonly draft: CustomerDraft
  /** What is saved. */
  readonly latest: CustomerDraft
  readonly onChoose: (key: keyof CustomerDraft, value: string) => void
}

/** Another screen was faster: what only it has changed is taken over; where both did, both stand here with a choice. */
function ClashNote({ clashes, draft, latest, onChoose }: ClashNoteProps) {
  const { t } = useTranslation('customers')
  const shown = (value: string) => value || t('detail.blank')
  return (
    <Alert color="yellow" role="alert" mb="sm" title={t('detail.stale')} c="var(--mantine-color-text)">
      {t(clashes.length === 0 ? 'detail.staleMerged' : 'detail.staleClash')}
      {clashes.length > 0 && (
        <BothVersions
          rows={clashes.map(({ key, mine }) => ({
            id: key,
            label: t(`detail.${key}`),
            note: null,
            mine: shown(mine),
            theirs: shown(latest[key]),
            chosen: draft[key] === latest[key] ? 'theirs' : draft[key] === mine ? 'mine' : null,
          }))}
          heads={{
            item: t('detail.clashItem'),
            mine: t('detail.clashMine'),
            theirs: t('detail.clashTheirs'),
          }}
          onChoose={(id, side) => {
            const clash = clashes.find(({ key }) => key === id)
            if (clash) onChoose(clash.key, side === 'mine' ? clash.mine : latest[clash.key])
          }}
        />
      )}
    </Alert>
  )
}

/** The customer's contact data and note. A save over a stale version loses nothing on either side. */
export function CustomerForm({ customer, writable }: { customer: CustomerDetail; writable: boolean }) {
  const { t } = useTranslation('customers')
  const form = useRef<HTMLFormElement>(null)
  const { draft, type, change, faults, stale, latest, isChanged, isSaving, save, reset } =
    useCustomerForm(customer)
  useFieldFlow(form)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  const field = (name: FieldName) => (
    <TextInput
      key={name}
      label={t(`detail.${name}`)}
      value={draft[name]}
      error={faults.get(name)}
      readOnly={!writable}
      maxLength={LIMITS[name]}
      onChange={(event) => type(name, event.currentTarget.value)}
    />
  )
  return (
    <form ref={form} className="card" onSubmit={submit} aria-labelledby="contact">
      <Title order={2} mb={8} id="contact">
        {t('detail.contact')}
      </Title>
      {stale !== null && <ClashNote clashes={stale} draft={draft} latest={latest} onChoose={type} />}
      <div className={styles.fields}>
        {HALVES.map(field)}
        <PhoneField
          label={t('detail.phone')}
          path="phone"
          value={draft.phone}
          error={faults.get('phone')}
          readOnly={!writable}
          onType={(text) => type('phone', text)}
        />
        {field('email')}
        <div className={`${styles.full} ${address.grid} ${address.narrow}`}>
          <AddressFields
            value={draft}
            path="customer"
            name={[draft.familyName, draft.givenName].filter(Boolean).join(' ')}
            fault={(key) => faults.get(key)}
            readOnly={!writable}
            onChange={change}
          />
        </div>
        <Textarea
          className={styles.full ?? ''}
          label={t('detail.note')}
          rows={3}
          maxLength={2000}
          readOnly={!writable}
          value={draft.note}
          onChange={(event) => type('note', event.currentTarget.value)}
        />
      </div>
      <div className={styles.buttons}>
        <Button variant="default" disabled={!isChanged} onClick={reset}>
          {t('detail.undo')}
        </Button>
        <Button type="submit" data-flow disabled={!writable || !isChanged} loading={isSaving}>
          {t('detail.save')}
        </Button>
      </div>
    </form>
  )
}
