import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { CancelReason, SubscriptionStatus } from '../../../../contract/subscription-form'
import { isComposing } from '../../lib/keyboard'
import { ChoiceFilter } from '../../ui/choice-filter'
import { DateField } from '../../ui/date-field'
import styles from '../../ui/filter-bar.module.css'
import { focusFirstRow } from '../../ui/focus-first-row'
import { Count } from '../../ui/states'
import { WholeField } from '../../ui/whole-field'
import { ProductFilter } from './product-filter'
import { SubscriptionExport } from './subscription-export'
import own from './subscriptions.module.css'
import type { useSubscriptionFilter } from './use-subscription-filter'

interface FiltersProps {
  readonly state: ReturnType<typeof useSubscriptionFilter>
  readonly count: { value: number; more: boolean } | undefined
}

const MARKS = ['attention', 'failed', 'expires'] as const
const SORTS = ['next', 'newest'] as const

/** What a contract is marked with: any of them alone or together. */
function MarkFilter({ state: { filter, change } }: FiltersProps) {
  const { t } = useTranslation('subscriptionDesk')
  const chosen = MARKS.filter((mark) =>
    mark === 'attention'
      ? filter.attention
      : mark === 'failed'
        ? filter.failedTries !== null
        : filter.cardExpires,
  )
  return (
    <ChoiceFilter
      label={t('list.mark')}
      width={150}
      choices={MARKS.map((value) => ({ value, label: t(`list.marks.${value}`) }))}
      chosen={chosen}
      onChange={(marks) =>
        change({
          attention: marks.includes('attention'),
          failedTries: marks.includes('failed') ? (filter.failedTries ?? 1) : null,
          cardExpires: marks.includes('expires'),
        })
      }
    />
  )
}

function SecondLine(props: FiltersProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: insights } = useTranslation('subscriptionInsights')
  const { filter, sort, change, sortBy } = props.state
  return (
    <div className={styles.bar}>
      <ProductFilter productId={filter.productId} onChange={(productId) => change({ productId })} />
      <WholeField
        label={t('list.turnFrom')}
        width={96}
        value={filter.turnFrom}
        onChange={(turnFrom) => change({ turnFrom: turnFrom === 0 ? null : turnFrom })}
      />
      <WholeField
        label={t('list.turnTo')}
        width={96}
        value={filter.turnTo}
        onChange={(turnTo) => change({ turnTo: turnTo === 0 ? null : turnTo })}
      />
      <WholeField
        label={t('list.failedTries')}
        width={124}
        value={filter.failedTries}
        onChange={(failedTries) => change({ failedTries: failedTries === 0 ? null : failedTries })}
      />
      <Select
        label={t('list.reason')}
        w={170}
        clearable
        allowDeselect
        placeholder={t('list.anyReason')}
        data={CancelReason.options.map((value) => ({ value, label: insights(`reasons.${value}`) }))}
        value={filter.cancelReason}
        onChange={(value) => {
          const reason = CancelReason.safeParse(value)
          change({ cancelReason: reason.success ? reason.data : null })
        }}
      />
      <div className={styles.rest} />
      <SegmentedControl
        aria-label={t('list.sort')}
        data={SORTS.map((value) => ({ value, label: t(`list.sorts.${value}`) }))}
        value={sort}
        onChange={(value) => sortBy(value === 'newest' ? 'newest' : 'next')}
      />
      <SubscriptionExport filter={filter} disabled={props.count?.value === 0} />
    </div>
  )
}

/** Text, state, next delivery, product, turn, marks and reason; ↓ in the text goes to the list. */
export function SubscriptionFilters(props: FiltersProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { filter, change, reset, isFiltered } = props.state
  const toList = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || isComposing(event.nativeEvent)) return
    event.preventDefault()
    focusFirstRow()
  }
  return (
    <search className={own.filters}>
      <div className={styles.bar}>
        <TextInput
          label={t('list.search')}
          placeholder={t('list.searchHint')}
          w={270}
          maxLength={80}
          autoFocus
          value={filter.text}
          onKeyDown={toList}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <ChoiceFilter
          label={t('list.status')}
          width={160}
          choices={SubscriptionStatus.options.map((value) => ({ value, label: t(`status.${value}`) }))}
          chosen={filter.status}
          onChange={(status) => change({ status })}
        />
        <DateField
          label={t('list.from')}
          width={140}
          value={filter.nextFrom}
          onChange={(nextFrom) => change({ nextFrom })}
        />
        <DateField
          label={t('list.to')}
          width={140}
          value={filter.nextTo}
          onChange={(nextTo) => change({ nextTo })}
        />
        <MarkFilter {...props} />
        <Button variant="default" disabled={!isFiltered} onClick={reset}>
          {t('list.reset')}
        </Button>
        <div className={styles.rest} />
        <Count count={props.count} />
      </div>
      <SecondLine {...props} />
    </search>
  )
}
