import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { SaleState, TaxClass, Temperature } from '../../../../contract/products'
import { isComposing } from '../../lib/keyboard'
import filterBar from '../../ui/filter-bar.module.css'
import { focusFirstRow } from '../../ui/focus-first-row'
import { Count } from '../../ui/states'
import styles from './products.module.css'
import type { useProductFilter } from './use-product-filter'

interface ProductFiltersProps {
  readonly state: ReturnType<typeof useProductFilter>
  readonly count: { value: number; more: boolean } | undefined
}

const STOCKS = ['counted', 'out'] as const

interface ChoiceProps<V extends string> {
  readonly label: string
  readonly width: number
  readonly options: readonly V[]
  readonly wordOf: (value: V) => string
  readonly value: V | null
  readonly onChange: (value: V | null) => void
}

function Choice<V extends string>({ label, width, options, wordOf, value, onChange }: ChoiceProps<V>) {
  const { t } = useTranslation('products')
  return (
    <Select
      label={label}
      w={width}
      clearable
      placeholder={t('filter.all')}
      data={options.map((one) => ({ value: one, label: wordOf(one) }))}
      value={value}
      onChange={(chosen) => onChange(options.find((one) => one === chosen) ?? null)}
    />
  )
}

/** The fragment, and conditions beside it; ↓ or Enter in the fragment goes to the list. */
export function ProductFilters({ state, count }: ProductFiltersProps) {
  const { t } = useTranslation('products')
  const { filter, change, reset, isFiltered } = state
  const toList = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || (event.key !== 'ArrowDown' && event.key !== 'Enter')) return
    event.preventDefault()
    focusFirstRow()
  }
  return (
    <search className={filterBar.bar}>
      <TextInput
        label={t('search')}
        placeholder={t('searchHint')}
        title={t('searchTitle')}
        className={filterBar.grow ?? ''}
        maxLength={80}
        autoFocus
        value={filter.text}
        onKeyDown={toList}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <Choice
        label={t('filter.state')}
        width={128}
        options={SaleState.options}
        wordOf={(one) => t(`states.${one}`)}
        value={filter.state}
        onChange={(value) => change({ state: value })}
      />
      <Choice
        label={t('filter.taxClass')}
        width={100}
        options={TaxClass.options}
        wordOf={(one) => t(`taxClasses.${one}`)}
        value={filter.taxClass}
        onChange={(taxClass) => change({ taxClass })}
      />
      <Choice
        label={t('filter.temperature')}
        width={100}
        options={Temperature.options}
        wordOf={(one) => t(`temperatures.${one}`)}
        value={filter.temperature}
        onChange={(temperature) => change({ temperature })}
      />
      <Choice
        label={t('filter.stock')}
        width={150}
        options={STOCKS}
        wordOf={(one) => t(`filter.stocks.${one}`)}
        value={filter.stock}
        onChange={(stock) => change({ stock })}
      />
      <Checkbox
        className={styles.tick ?? ''}
        label={t('filter.subscribable')}
        checked={filter.subscribable}
        onChange={(event) => change({ subscribable: event.currentTarget.checked })}
      />
      <Button variant="default" disabled={!isFiltered} onClick={reset}>
        {t('filter.reset')}
      </Button>
      <Count count={count} />
    </search>
  )
}
