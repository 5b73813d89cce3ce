import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { KeypadState, P2peState } from '../../../../contract/keypad-monitor'
import { KeypadUpdateState } from '../../../../contract/keypad-updates'
import { api } from '../../lib/client'
import { isComposing } from '../../lib/keyboard'
import { ChoiceFilter } from '../../ui/choice-filter'
import filterBar from '../../ui/filter-bar.module.css'
import { focusFirstRow } from '../../ui/focus-first-row'
import { Count } from '../../ui/states'
import type { useKeypadFilter } from './use-keypad-filter'

interface KeypadFiltersProps {
  readonly state: ReturnType<typeof useKeypadFilter>
  readonly count: { value: number; more: boolean } | undefined
}

/** Text, state, shop, model, P2PE and update; ↓ in the text goes to the list. */
export function KeypadFilters({ state, count }: KeypadFiltersProps) {
  const { t } = useTranslation('keypadMonitor')
  const { filter, change, reset, isFiltered } = state
  const choices = useQuery(api.keypadMonitor.choices.queryOptions())
  const { shops = [], models = [] } = choices.data ?? {}
  const toList = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || isComposing(event.nativeEvent)) return
    event.preventDefault()
    focusFirstRow()
  }
  return (
    <search className={filterBar.bar}>
      <TextInput
        label={t('search')}
        placeholder={t('searchHint')}
        w={196}
        maxLength={60}
        autoFocus
        value={filter.text}
        onKeyDown={toList}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <ChoiceFilter
        label={t('columns.state')}
        width={140}
        choices={KeypadState.options.map((value) => ({ value, label: t(`state.${value}`) }))}
        chosen={filter.state}
        onChange={(chosen) => change({ state: chosen })}
      />
      <ChoiceFilter
        label={t('columns.shop')}
        width={160}
        choices={shops.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={filter.shopId}
        onChange={(shopId) => change({ shopId })}
      />
      <ChoiceFilter
        label={t('columns.model')}
        width={160}
        choices={models.map((value) => ({ value, label: value }))}
        chosen={filter.model}
        onChange={(model) => change({ model })}
      />
      <ChoiceFilter
        label={t('columns.p2pe')}
        width={160}
        choices={P2peState.options.map((value) => ({ value, label: t(`p2pe.${value}`) }))}
        chosen={filter.p2pe}
        onChange={(p2pe) => change({ p2pe })}
      />
      <ChoiceFilter
        label={t('columns.update')}
        width={126}
        choices={KeypadUpdateState.options.map((value) => ({ value, label: t(`update.state.${value}`) }))}
        chosen={filter.update}
        onChange={(update) => change({ update })}
      />
      <Button variant="default" disabled={!isFiltered} onClick={reset}>
        {t('reset')}
      </Button>
      <div className={filterBar.rest} />
      <Count count={count} />
    </search>
  )
}
