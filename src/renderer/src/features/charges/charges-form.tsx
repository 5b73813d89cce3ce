import { Alert, Button, SegmentedControl, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Charges } from '../../../../contract/charges'
import { ClashNote } from '../../ui/clash-note'
import { WholeField } from '../../ui/whole-field'
import products from '../products/products.module.css'
import settings from '../settings/settings.module.css'
import { AreaFees } from './area-fees'
import { useChargesForm, type ChargesDraft } from './use-charges-form'

type Form = ReturnType<typeof useChargesForm>

interface PartProps {
  readonly form: Form
  readonly writable: boolean
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="card" aria-labelledby={id}>
      <Title order={2} id={id} mb="xs">
        {title}
      </Title>
      <div className={products.fields}>{children}</div>
    </section>
  )
}

interface WordsProps<V extends string> {
  readonly label: string
  readonly words: Readonly<Record<V, string>>
  readonly options: readonly V[]
  readonly value: V
  readonly disabled: boolean
  readonly onChange: (value: V) => void
}

function Words<V extends string>({ label, words, options, value, disabled, onChange }: WordsProps<V>) {
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {label}
      </Text>
      <SegmentedControl
        aria-label={label}
        disabled={disabled}
        data={options.map((one) => ({ value: one, label: words[one] }))}
        value={value}
        onChange={(chosen) => {
          const found = options.find((one) => one === chosen)
          if (found !== undefined) onChange(found)
        }}
      />
    </div>
  )
}

const PER = ['order', 'shipment'] as const
const ROUNDINGS = ['floor', 'half-up', 'ceil'] as const
const KINDS = ['gross', 'net'] as const

function ShippingPart({ form, writable }: PartProps) {
  const { t } = useTranslation('charges')
  const { values, faults, change } = form
  const fee = (name: 'shipping' | 'freeShippingFrom' | 'coolFee', label: string, note: string) => (
    <WholeField
      label={label}
      description={note}
      unit={t('yen')}
      readOnly={!writable}
      value={values[name]}
      error={faults.get(name)}
      onChange={(value) => change({ [name]: value })}
    />
  )
  return (
    <Part id="charges-shipping" title={t('shipping.title')}>
      <div className={products.pair}>
        {fee('shipping', t('shipping.base'), t('shipping.baseNote'))}
        {fee('coolFee', t('shipping.cool'), t('shipping.coolNote'))}
      </div>
      <div className={products.pair}>
        {fee('freeShippingFrom', t('shipping.free'), t('shipping.freeNote'))}
        <Words
          label={t('shipping.per')}
          words={{ order: t('shipping.pers.order'), shipment: t('shipping.pers.shipment') }}
          options={PER}
          value={values.freeShippingPer}
          disabled={!writable}
          onChange={(freeShippingPer) => change({ freeShippingPer })}
        />
      </div>
    </Part>
  )
}

function FeesPart({ form, writable }: PartProps) {
  const { t } = useTranslation('charges')
  const { values, faults, change } = form
  const fee = (name: 'codFee' | 'deferredFee', label: string) => (
    <WholeField
      label={label}
      unit={t('yen')}
      readOnly={!writable}
      value={values[name]}
      error={faults.get(name)}
      onChange={(value) => change({ [name]: value })}
    />
  )
  return (
    <Part id="charges-fees" title={t('fees.title')}>
      <div className={products.pair}>
        {fee('codFee', t('fees.cod'))}
        {fee('deferredFee', t('fees.deferred'))}
      </div>
    </Part>
  )
}

function TaxPart({ form, writable }: PartProps) {
  const { t } = useTranslation('charges')
  const { values, change } = form
  const disabled = !writable
  return (
    <Part id="charges-tax" title={t('tax.title')}>
      <div>
        <Words
          label={t('tax.rounding')}
          words={{
            floor: t('tax.roundings.floor'),
            'half-up': t('tax.roundings.half-up'),
            ceil: t('tax.roundings.ceil'),
          }}
          options={ROUNDINGS}
          value={values.taxRounding}
          disabled={disabled}
          onChange={(taxRounding) => change({ taxRounding })}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {t('tax.roundingNote')}
        </Text>
      </div>
      <div className={products.pair}>
        <Words
          label={t('tax.invoice')}
          words={{ order: t('tax.invoices.order'), shipment: t('tax.invoices.shipment') }}
          options={PER}
          value={values.invoicePer}
          disabled={disabled}
          onChange={(invoicePer) => change({ invoicePer })}
        />
        <Words
          label={t('tax.priceKind')}
          words={{ gross: t('tax.priceKinds.gross'), net: t('tax.priceKinds.net') }}
          options={KINDS}
          value={values.priceKind}
          disabled={disabled}
          onChange={(priceKind) => change({ priceKind })}
        />
      </div>
    </Part>
  )
}

interface ChargesFormProps {
  readonly stored: { readonly version: number; readonly values: Charges }
  readonly writable: boolean
  /** What is kept beside the form, by itself. */
  readonly children: ReactNode
}

/** What the shop charges besides the goods, and how tax is worked out. */
export function ChargesForm({ stored, writable, children }: ChargesFormProps) {
  const { t } = useTranslation('charges')
  const form = useChargesForm(stored)
  const { isChanged, isSaving, save, undo } = form
  const wordsOf = (key: keyof ChargesDraft, value: ChargesDraft[keyof ChargesDraft]): string => {
    if (value === null) return ''
    if (typeof value === 'object') {
      return value.map(({ prefecture, fee }) => t('areaWords', { prefecture, fee: fee ?? '' })).join('、')
    }
    if (key === 'taxRounding')
      return t(`tax.roundings.${value === 'ceil' || value === 'half-up' ? value : 'floor'}`)
    if (key === 'priceKind') return t(`tax.priceKinds.${value === 'net' ? 'net' : 'gross'}`)
    if (key === 'invoicePer') return t(`tax.invoices.${value === 'shipment' ? value : 'order'}`)
    if (key === 'freeShippingPer') return t(`shipping.pers.${value === 'shipment' ? value : 'order'}`)
    return String(value)
  }
  return (
    <div>
      {!writable && (
        <Alert color="gray" role="note" mb={14} c="var(--mantine-color-text)">
          {t('readOnly')}
        </Alert>
      )}
      {form.clashes !== null && (
        <ClashNote<ChargesDraft>
          clashes={form.clashes}
          values={form.values}
          kept={form.kept}
          labelOf={(key) => t(`names.${key}`)}
          wordsOf={wordsOf}
          onChoose={form.change}
        />
      )}
      <div className={products.columns}>
        <div className={products.column}>
          <ShippingPart form={form} writable={writable} />
          <AreaFees form={form} writable={writable} />
        </div>
        <div className={products.column}>
          <FeesPart form={form} writable={writable} />
          <TaxPart form={form} writable={writable} />
          {children}
        </div>
      </div>
      {writable && (
        <div className={settings.save}>
          <Text size="sm" c="dimmed" role="status">
            {t(isChanged ? 'changed' : 'unchanged')}
          </Text>
          <Button variant="default" disabled={!isChanged} onClick={undo}>
            {t('undo')}
          </Button>
          <Button disabled={!isChanged} loading={isSaving} onClick={save}>
            {t('save')}
          </Button>
        </div>
      )}
    </div>
  )
}
