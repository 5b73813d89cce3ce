import { Button, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { KeyboardEvent } from 'react'
import { PaymentMethod } from '../../../../contract/checkout'
import { OrderStatus } from '../../../../contract/orders'
import { isComposing } from '../../lib/keyboard'
import { ChoiceFilter } from '../../ui/choice-filter'
import { DateField } from '../../ui/date-field'
import { focusFirstRow } from '../../ui/focus-first-row'
import { Count } from '../../ui/states'
import styles from '../../ui/filter-bar.module.css'
import { ShopChip } from './shop-chip'
import type { useOrderFilter } from './use-order-filter'

interface OrderFiltersProps {
  readonly state: ReturnType<typeof useOrderFilter>
  readonly count: { value: number; more: boolean } | undefined
}

/** Text, status, payment method and dates; ↓ in the text goes to the list. */
export function OrderFilters({ state, count }: OrderFiltersProps) {
  const { t } = useTranslation('orders')
  const { t: common } = useTranslation('common')
  const { filter, change, reset, isFiltered } = state
  const isNarrowed = filter.keypad !== '' || filter.shopId !== null
  const toList = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || isComposing(event.nativeEvent)) return
    event.preventDefault()
    focusFirstRow()
  }
  return (
    <search className={`${styles.bar ?? ''} ${isNarrowed ? (styles.wraps ?? '') : ''}`}>
      <TextInput
        label={t('search')}
        placeholder={t('searchHint')}
        w={270}
        maxLength={80}
        autoFocus
        value={filter.text}
        onKeyDown={toList}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <ChoiceFilter
        label={t('status')}
        width={150}
        choices={OrderStatus.options.map((value) => ({ value, label: common(`status.${value}`) }))}
        chosen={filter.status}
        onChange={(status) => change({ status })}
      />
      <ChoiceFilter
        label={t('method')}
        width={140}
        choices={PaymentMethod.options.map((value) => ({ value, label: common(`method.${value}`) }))}
        chosen={filter.paymentMethod}
        onChange={(paymentMethod) => change({ paymentMethod })}
      />
      <DateField label={t('from')} width={140} value={filter.from} onChange={(from) => change({ from })} />
      <DateField label={t('to')} width={140} value={filter.to} onChange={(to) => change({ to })} />
      {filter.keypad !== '' && (
        <Button
          variant="light"
          rightSection={<IconX size={15} aria-hidden="true" />}
          aria-label={t('keypadOff', { serial: filter.keypad })}
          title={t('keypadOff', { serial: filter.keypad })}
          onClick={() => change({ keypad: '' })}
        >
          {t('keypad', { serial: filter.keypad })}
        </Button>
      )}
      {filter.shopId !== null && <ShopChip shopId={filter.shopId} onOff={() => change({ shopId: null })} />}
      <Button variant="default" disabled={!isFiltered} onClick={reset}>
        {t('reset')}
      </Button>
      <div className={styles.rest} />
      <Count count={count} />
    </search>
  )
}
