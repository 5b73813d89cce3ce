import { Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { prefecturesFor } from '../../address/prefectures'
import { api } from '../../lib/client'
import { isComposing } from '../../lib/keyboard'
import { DateField } from '../../ui/date-field'
import filterBar from '../../ui/filter-bar.module.css'
import { focusFirstRow } from '../../ui/focus-first-row'
import { Count } from '../../ui/states'
import type { useCustomerFilter } from './use-customer-filter'

interface CustomerFiltersProps {
  readonly state: ReturnType<typeof useCustomerFilter>
  readonly count: { value: number; more: boolean } | undefined
}

const BLACKLIST = ['candidate', 'listed'] as const

/** The fragment, and conditions beside it; ↓ or Enter in the fragment goes to the list. */
export function CustomerFilters({ state, count }: CustomerFiltersProps) {
  const { t } = useTranslation('customers')
  const { filter, change, reset, isFiltered } = state
  const tags = useQuery(api.customers.tags.queryOptions())
  const toList = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || (event.key !== 'ArrowDown' && event.key !== 'Enter')) return
    event.preventDefault()
    focusFirstRow()
  }
  const known = (tags.data ?? []).map(({ tag }) => tag)
  const tagChoices = filter.tag === '' || known.includes(filter.tag) ? known : [filter.tag, ...known]
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
      <Select
        label={t('filter.prefecture')}
        w={116}
        searchable
        clearable
        placeholder={t('filter.all')}
        nothingFoundMessage={t('filter.noPrefecture')}
        data={[...prefecturesFor('')]}
        filter={({ search }) => prefecturesFor(search).map((value) => ({ value, label: value }))}
        value={filter.prefecture || null}
        onChange={(value) => change({ prefecture: value ?? '' })}
      />
      <Select
        label={t('filter.tag')}
        w={116}
        searchable
        clearable
        placeholder={t('filter.all')}
        nothingFoundMessage={t('filter.noTag')}
        data={tagChoices}
        value={filter.tag || null}
        onChange={(value) => change({ tag: value ?? '' })}
      />
      <Select
        label={t('filter.blacklist')}
        w={124}
        clearable
        placeholder={t('filter.all')}
        data={BLACKLIST.map((value) => ({ value, label: t(`filter.standing.${value}`) }))}
        value={filter.blacklist}
        onChange={(value) => change({ blacklist: BLACKLIST.find((one) => one === value) ?? null })}
      />
      <DateField
        label={t('filter.from')}
        width={132}
        value={filter.orderedFrom}
        onChange={(orderedFrom) => change({ orderedFrom })}
      />
      <DateField
        label={t('filter.to')}
        width={132}
        value={filter.orderedTo}
        onChange={(orderedTo) => change({ orderedTo })}
      />
      <Button variant="default" disabled={!isFiltered} onClick={reset}>
        {t('filter.reset')}
      </Button>
      <Count count={count} />
    </search>
  )
}
