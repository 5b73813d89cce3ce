import { Alert, Button, SegmentedControl, Switch, Text, TextInput, Title } from '@mantine/core'
import { useRef, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PriceKind, TaxClass, Temperature } from '../../../../contract/products'
import { useFieldFlow } from '../../lib/keyboard'
import { ClashNote } from '../../ui/clash-note'
import { DateField } from '../../ui/date-field'
import { WholeField } from '../../ui/whole-field'
import settings from '../settings/settings.module.css'
import styles from './products.module.css'
import { useProductForm, type ProductDraft, type StoredProduct } from './use-product-form'

type Form = ReturnType<typeof useProductForm>

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
      <div className={styles.fields}>{children}</div>
    </section>
  )
}

interface WordsProps<V extends string> {
  readonly label: string
  readonly options: readonly V[]
  readonly wordOf: (value: V) => string
  readonly value: V
  readonly onChange: (value: V) => void
  readonly disabled: boolean
  readonly note?: string
}

/** One of two or three words, all in sight. */
function Words<V extends string>({ label, options, wordOf, value, onChange, disabled, note }: WordsProps<V>) {
  return (
    <div>
      <Text size="sm" fw={600} component="span" display="block" mb={4}>
        {label}
      </Text>
      <SegmentedControl
        aria-label={label}
        disabled={disabled}
        data={options.map((one) => ({ value: one, label: wordOf(one) }))}
        value={value}
        onChange={(chosen) => {
          const found = options.find((one) => one === chosen)
          if (found !== undefined) onChange(found)
        }}
      />
      {note !== undefined && (
        <Text size="xs" c="dimmed" mt={4}>
          {note}
        </Text>
      )}
    </div>
  )
}

function Basics({ form, writable }: PartProps) {
  const { t } = useTranslation('products')
  const { values, faults, change } = form
  const field = (name: 'code' | 'name' | 'kana', most: number, note?: string) => (
    <TextInput
      label={t(`detail.${name}`)}
      description={note}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      maxLength={most}
      readOnly={!writable}
      value={values[name]}
      error={faults.get(name)}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <Part id="product-basics" title={t('detail.basics')}>
      {field('code', 30, t('detail.codeNote'))}
      {field('name', 80)}
      {field('kana', 120, t('detail.kanaNote'))}
    </Part>
  )
}

function Money({ form, writable, ratePercent }: PartProps & { ratePercent: number | null }) {
  const { t } = useTranslation('products')
  const { values, faults, change } = form
  return (
    <Part id="product-money" title={t('detail.money')}>
      <div className={styles.pair}>
        <WholeField
          label={t('detail.price')}
          unit="円"
          readOnly={!writable}
          value={values.price}
          error={faults.get('price')}
          onChange={(price) => change({ price })}
        />
        <Words
          label={t('detail.priceKind')}
          options={PriceKind.options}
          wordOf={(one) => t(`priceKinds.${one}`)}
          disabled={!writable}
          value={values.priceKind}
          onChange={(priceKind) => change({ priceKind })}
          note={t(values.priceKind === 'gross' ? 'detail.grossNote' : 'detail.netNote')}
        />
      </div>
      <Words
        label={t('detail.taxClass')}
        options={TaxClass.options}
        wordOf={(one) => t(`taxClasses.${one}`)}
        disabled={!writable}
        value={values.taxClass}
        onChange={(taxClass) => change({ taxClass })}
        {...(ratePercent === null ? {} : { note: t('detail.rateNow', { rate: ratePercent }) })}
      />
    </Part>
  )
}

function Tick(props: {
  label: string
  note: string
  checked: boolean
  disabled: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <Switch
      label={props.label}
      description={props.note}
      disabled={props.disabled}
      checked={props.checked}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  )
}

function Selling({ form, writable }: PartProps) {
  const { t } = useTranslation('products')
  const { values, faults, change } = form
  const short = values.stock !== null && values.stock < 0
  const dates = (name: 'saleFrom' | 'saleTo') => (
    <div>
      <DateField
        label={t(`detail.${name}`)}
        width={150}
        value={values[name]}
        onChange={(date) => change({ [name]: date })}
      />
      {faults.get(name) !== undefined && (
        <Text size="xs" c="var(--bad)" role="alert" mt={4}>
          {faults.get(name)}
        </Text>
      )}
    </div>
  )
  return (
    <Part id="product-selling" title={t('detail.selling')}>
      <Tick
        label={t('detail.active')}
        note={t('detail.activeNote')}
        disabled={!writable}
        checked={values.active}
        onChange={(active) => change({ active })}
      />
      <fieldset className={settings.fields} disabled={!writable} style={{ border: 0, margin: 0, padding: 0 }}>
        <div className={styles.pair}>
          {dates('saleFrom')}
          {dates('saleTo')}
        </div>
        <Text size="xs" c="dimmed">
          {t('detail.datesNote')}
        </Text>
      </fieldset>
      <WholeField
        label={t('detail.stock')}
        width={180}
        description={short ? t('detail.stockShort', { pieces: -(values.stock ?? 0) }) : t('detail.stockNote')}
        readOnly={!writable}
        value={values.stock}
        error={faults.get('stock')}
        onChange={(stock) => change({ stock })}
      />
      <Words
        label={t('detail.temperature')}
        options={Temperature.options}
        wordOf={(one) => t(`temperatures.${one}`)}
        disabled={!writable}
        value={values.temperature}
        onChange={(temperature) => change({ temperature })}
      />
      <div className={styles.pair}>
        {(['subscribable', 'bundleable'] as const).map((name) => (
          <Tick
            key={name}
            label={t(`detail.${name}`)}
            note={t(`detail.${name}Note`)}
            disabled={!writable}
            checked={values[name]}
            onChange={(on) => change({ [name]: on })}
          />
        ))}
      </div>
    </Part>
  )
}

interface ProductFormProps {
  readonly stored: StoredProduct
  /** Of today; null for a new product. */
  readonly ratePercent: number | null
  readonly writable: boolean
}

/** A product's fields. A save over a stale version loses nothing on either side. */
export function ProductForm({ stored, ratePercent, writable }: ProductFormProps) {
  const { t } = useTranslation('products')
  const root = useRef<HTMLFormElement>(null)
  const form = useProductForm(stored)
  useFieldFlow(root)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (form.isChanged) form.save()
  }
  const wordsOf = (key: keyof ProductDraft, value: ProductDraft[keyof ProductDraft]): string => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (key === 'priceKind') return t(`priceKinds.${PriceKind.parse(value)}`)
    if (key === 'taxClass') return t(`taxClasses.${TaxClass.parse(value)}`)
    if (key === 'temperature') return t(`temperatures.${Temperature.parse(value)}`)
    return value === null ? '' : String(value)
  }
  return (
    <form ref={root} onSubmit={submit} noValidate aria-label={t('detail.basics')}>
      {!writable && (
        <Alert color="gray" role="note" mb={14} c="var(--mantine-color-text)">
          {t('detail.readOnly')}
        </Alert>
      )}
      {form.clashes !== null && (
        <ClashNote<ProductDraft>
          clashes={form.clashes}
          values={form.values}
          kept={form.kept}
          labelOf={(key) => t(`detail.${key}`)}
          wordsOf={wordsOf}
          onChoose={form.change}
        />
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <Basics form={form} writable={writable} />
          <Money form={form} writable={writable} ratePercent={ratePercent} />
        </div>
        <Selling form={form} writable={writable} />
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
