import { Button, SegmentedControl, TextInput } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { AttentionReason, AttentionShow } from '../../../../contract/subscription-run-views'
import { client } from '../../lib/client'
import { isComposing } from '../../lib/keyboard'
import { ChoiceFilter } from '../../ui/choice-filter'
import { focusFirstRow } from '../../ui/focus-first-row'
import { Count } from '../../ui/states'
import { CsvMenu } from './csv-menu'
import styles from './subscription-runs.module.css'
import type { useAttentionFilter } from './use-attention-filter'

interface FiltersProps {
  readonly state: ReturnType<typeof useAttentionFilter>
  readonly count: { value: number; more: boolean } | undefined
}

/** Who is shown, why, and of whom; ↓ in the text goes to the list. */
export function AttentionFilters({ state, count }: FiltersProps) {
  const { t } = useTranslation('subscriptionRuns')
  const { t: desk } = useTranslation('subscriptionDesk')
  const { filter, sort, change, reset, isFiltered } = state
  const toList = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || isComposing(event.nativeEvent)) return
    event.preventDefault()
    focusFirstRow()
  }
  return (
    <search className={styles.filters}>
      <TextInput
        label={t('attention.search')}
        placeholder={t('attention.searchHint')}
        w={270}
        maxLength={80}
        autoFocus
        value={filter.text}
        onKeyDown={toList}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label={t('attention.show')}
        data={AttentionShow.options.map((value) => ({ value, label: t(`attention.shows.${value}`) }))}
        value={filter.show}
        onChange={(value) => change({ show: AttentionShow.catch('open').parse(value) })}
      />
      {filter.show !== 'retrying' && (
        <ChoiceFilter
          label={t('attention.reason')}
          width={170}
          choices={AttentionReason.options.map((value) => ({ value, label: desk(`attention.${value}`) }))}
          chosen={filter.reasons}
          onChange={(reasons) => change({ reasons })}
        />
      )}
      <Button variant="default" disabled={!isFiltered} onClick={reset}>
        {t('attention.reset')}
      </Button>
      <div className={styles.rest} />
      <Count count={count} />
      <CsvMenu
        disabled={count === undefined || count.value === 0}
        save={(encoding) => client.subscriptionRuns.attentionCsv({ filter, sort, encoding })}
      />
    </search>
  )
}
