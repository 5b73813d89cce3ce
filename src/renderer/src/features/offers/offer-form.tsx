import {
  Alert,
  Button,
  Select,
  SegmentedControl,
  Switch,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { LegalMode } from '../../../../contract/offers'
import { api } from '../../lib/client'
import { useFieldFlow } from '../../lib/keyboard'
import { ClashNote } from '../../ui/clash-note'
import { DateField } from '../../ui/date-field'
import products from '../products/products.module.css'
import settings from '../settings/settings.module.css'
import { OfferGoods } from './offer-goods'
import { useOfferForm, type OfferDraft, type StoredOffer } from './use-offer-form'

interface PartProps {
  readonly form: ReturnType<typeof useOfferForm>
  readonly writable: boolean
}

function Basics({ form, writable }: PartProps) {
  const { t } = useTranslation('offers')
  const { values, faults, change } = form
  const media = useQuery(api.offers.media.queryOptions())
  const choices = (media.data ?? []).filter(({ id, active }) => active || id === values.mediumId)
  return (
    <section className="card" aria-labelledby="offer-basics">
      <Title order={2} id="offer-basics" mb="xs">
        {t('detail.basics')}
      </Title>
      <div className={products.fields}>
        <div className={products.pair}>
          <TextInput
            label={t('detail.code')}
            description={t('detail.codeNote')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={20}
            readOnly={!writable}
            value={values.code}
            error={faults.get('code')}
            onChange={(event) => change({ code: event.currentTarget.value })}
          />
          <Select
            label={t('detail.medium')}
            searchable
            disabled={!writable}
            data={choices.map(({ id, name }) => ({ value: id, label: name }))}
            value={values.mediumId}
            error={faults.get('mediumId')}
            onChange={(mediumId) => change({ mediumId })}
          />
        </div>
        <TextInput
          label={t('detail.name')}
          maxLength={80}
          readOnly={!writable}
          value={values.name}
          error={faults.get('name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <fieldset disabled={!writable} style={{ border: 0, margin: 0, padding: 0 }}>
          <div className={products.pair}>
            <DateField
              label={t('detail.validFrom')}
              width={150}
              value={values.validFrom}
              onChange={(date) => date !== null && change({ validFrom: date })}
            />
            <DateField
              label={t('detail.validTo')}
              width={150}
              value={values.validTo}
              onChange={(validTo) => change({ validTo })}
            />
          </div>
          <Text
            size="xs"
            mt={4}
            {...(faults.has('validTo') ? { c: 'var(--bad)', role: 'alert' } : { c: 'dimmed' })}
          >
            {faults.get('validTo') ?? t('detail.validToNote')}
          </Text>
        </fieldset>
        <Textarea
          label={t('detail.note')}
          rows={2}
          maxLength={500}
          readOnly={!writable}
          value={values.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
        <Switch
          label={t('detail.active')}
          description={t('detail.activeNote')}
          disabled={!writable}
          checked={values.active}
          onChange={(event) => change({ active: event.currentTarget.checked })}
        />
      </div>
    </section>
  )
}

function Law({ form, writable }: PartProps) {
  const { t } = useTranslation('offers')
  const { values, change } = form
  return (
    <section className="card" aria-labelledby="offer-law">
      <Title order={2} id="offer-law" mb="xs">
        {t('detail.law')}
      </Title>
      <div className={products.fields}>
        <div>
          <SegmentedControl
            aria-label={t('detail.legalMode')}
            disabled={!writable}
            data={LegalMode.options.map((value) => ({ value, label: t(`legal.${value}`) }))}
            value={values.legalMode}
            onChange={(value) =>
              change({ legalMode: value === 'telemarketing' ? 'telemarketing' : 'mail-order' })
            }
          />
          <Text size="xs" c="dimmed" mt={4}>
            {t('detail.legalNote')}
          </Text>
        </div>
        <Switch
          label={t('detail.statutory')}
          description={t('detail.statutoryNote')}
          disabled={!writable}
          checked={values.statutory}
          onChange={(event) => change({ statutory: event.currentTarget.checked })}
        />
      </div>
    </section>
  )
}

/** An offer's fields. A save over a stale version loses nothing on either side. */
export function OfferForm({ stored, writable }: { stored: StoredOffer; writable: boolean }) {
  const { t } = useTranslation('offers')
  const root = useRef<HTMLFormElement>(null)
  const form = useOfferForm(stored)
  const media = useQuery(api.offers.media.queryOptions())
  useFieldFlow(root)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (form.isChanged) form.save()
  }
  const wordsOf = (key: keyof OfferDraft, value: OfferDraft[keyof OfferDraft]): string => {
    if (typeof value === 'boolean') return value ? 'ON' : 'OFF'
    if (value === null) return ''
    if (typeof value !== 'string') return t('detail.productsWords', { count: value.length })
    if (key === 'legalMode') return t(`legal.${LegalMode.parse(value)}`)
    if (key === 'mediumId') return media.data?.find(({ id }) => id === value)?.name ?? ''
    return value
  }
  return (
    <form ref={root} onSubmit={submit} noValidate aria-label={t('detail.basics')}>
      {!writable && (
        <Alert color="gray" role="note" mb={14} c="var(--mantine-color-text)">
          {t('detail.readOnly')}
        </Alert>
      )}
      {form.clashes !== null && (
        <ClashNote<OfferDraft>
          clashes={form.clashes}
          values={form.values}
          kept={form.kept}
          labelOf={(key) => t(`detail.${key}`)}
          wordsOf={wordsOf}
          onChoose={form.change}
        />
      )}
      <div className={products.columns}>
        <Basics form={form} writable={writable} />
        <div className={products.column}>
          <Law form={form} writable={writable} />
          <OfferGoods form={form} writable={writable} />
        </div>
      </div>
      {writable && (
        <div className={settings.save}>
          <Button variant="default" disabled={!form.isChanged} onClick={form.undo}>
            {t('detail.undo')}
          </Button>
          <Button type="submit" data-flow disabled={!form.isChanged} loading={form.isSaving}>
            {t('detail.save')}
          </Button>
        </div>
      )}
    </form>
  )
}
