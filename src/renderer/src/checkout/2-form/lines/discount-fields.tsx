import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Discount } from '../../../../../contract/checkout'
import { digitsOnly } from '../../../../../contract/text'
import { api } from '../../../lib/client'
import { formatYen } from '../../../lib/format'
import { useDraft, useDraftState, useFault } from '../../draft/draft-context'
import styles from './lines.module.css'

const NONE: Discount = { unit: 'yen', value: 0, reason: '' }
const MAX_DIGITS = { yen: 7, percent: 3 } as const

/** 値引き of the order, for those who may give one; others see what was given. */
export function DiscountFields() {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { form, view } = useDraftState()
  const value = useRef<HTMLInputElement>(null)
  const added = useRef(false)
  const session = useQuery(api.auth.session.queryOptions())
  const allowed = session.data?.permissions.includes('discount.use') ?? false
  const { discount } = form
  useEffect(() => {
    if (discount !== null && added.current) value.current?.focus()
    added.current = false
  }, [discount])
  if (!allowed) {
    if (discount === null) return null
    return (
      <p className={styles.discountOnly}>
        {t('discount.given', { amount: formatYen(view.quote.discount), reason: discount.reason })}
      </p>
    )
  }
  const set = (next: Discount | null) => draft.edit((before) => ({ ...before, discount: next }))
  if (discount === null) {
    return (
      <div className={styles.discountAdd}>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            added.current = true
            set(NONE)
          }}
        >
          {t('discount.add')}
        </Button>
      </div>
    )
  }
  return (
    <Fields
      discount={discount}
      set={set}
      valueRef={value}
      onRemove={() => {
        set(null)
        void draft.flush()
      }}
    />
  )
}

interface FieldsProps {
  readonly discount: Discount
  readonly set: (next: Discount) => void
  readonly valueRef: React.RefObject<HTMLInputElement | null>
  readonly onRemove: () => void
}

function Fields({ discount, set, valueRef, onRemove }: FieldsProps) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const valueFault = useFault('discount.value')
  const reasonFault = useFault('discount.reason')
  const flush = () => void draft.flush()
  return (
    <div className={styles.discount} role="group" aria-label={t('discount.heading')}>
      <NativeSelect
        label={t('discount.unit')}
        value={discount.unit}
        data={Discount.shape.unit.options.map((unit) => ({
          value: unit,
          label: t(`discount.units.${unit}`),
        }))}
        onChange={(event) => {
          const unit = Discount.shape.unit.parse(event.currentTarget.value)
          set({ ...discount, unit, value: unit === discount.unit ? discount.value : 0 })
        }}
      />
      <TextInput
        ref={valueRef}
        label={t(`discount.values.${discount.unit}`)}
        inputMode="numeric"
        autoComplete="off"
        value={discount.value === 0 ? '' : String(discount.value)}
        error={valueFault}
        data-path="discount.value"
        onChange={(event) => {
          const digits = digitsOnly(event.currentTarget.value).slice(0, MAX_DIGITS[discount.unit])
          set({ ...discount, value: Number(digits) })
        }}
        onBlur={flush}
      />
      <TextInput
        label={t('discount.reason')}
        placeholder={t('discount.reasonHint')}
        maxLength={100}
        value={discount.reason}
        error={reasonFault}
        data-path="discount.reason"
        onChange={(event) => set({ ...discount, reason: event.currentTarget.value })}
        onBlur={flush}
      />
      <ActionIcon variant="default" size={36} mt={22} aria-label={t('discount.remove')} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  )
}
