import { Select, SegmentedControl, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { WholeField } from '../../ui/whole-field'
import { nthChosen, type DraftRule } from './plan-form'
import { weekdayWord } from './plan-words'
import styles from './subscriptions.module.css'

interface RuleEditorProps {
  readonly rule: DraftRule
  readonly faultOf: (path: string) => string | undefined
  readonly onChange: (rule: DraftRule) => void
}

const KINDS = ['months', 'month-weekday', 'weeks', 'days'] as const
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
const DAYS = Array.from({ length: 31 }, (_, index) => index + 1)
const NTHS = [1, 2, 3, 4, 5] as const
const MISSING = ['last', 'pass-over'] as const

interface Part extends RuleEditorProps {
  readonly change: (part: Partial<DraftRule>) => void
}

function Every({ rule, faultOf, change }: Part) {
  const { t } = useTranslation('subscriptions')
  const error = faultOf('rule.every')
  switch (rule.kind) {
    case 'days':
      return (
        <WholeField
          label={t('rule.everyDays')}
          width={130}
          unit={t('rule.units.days')}
          unitWidth={64}
          value={rule.everyDays}
          error={error}
          onChange={(everyDays) => change({ everyDays })}
        />
      )
    case 'weeks':
      return (
        <WholeField
          label={t('rule.everyWeeks')}
          width={130}
          unit={t('rule.units.weeks')}
          unitWidth={64}
          value={rule.everyWeeks}
          error={error}
          onChange={(everyWeeks) => change({ everyWeeks })}
        />
      )
    case 'months':
    case 'month-weekday':
      return (
        <WholeField
          label={t('rule.everyMonths')}
          width={130}
          unit={t('rule.units.months')}
          unitWidth={72}
          value={rule.everyMonths}
          error={error}
          onChange={(everyMonths) => change({ everyMonths })}
        />
      )
  }
}

function WeekdayChoice({ rule, change }: Part) {
  const { t } = useTranslation('subscriptions')
  return (
    <Select
      label={t('rule.weekday')}
      w={110}
      allowDeselect={false}
      data={WEEKDAYS.map((one) => ({
        value: String(one),
        label: t('rule.weekdayName', { day: weekdayWord(t, one) }),
      }))}
      value={String(rule.weekday)}
      onChange={(value) => value !== null && change({ weekday: Number(value) })}
    />
  )
}

function DayChoice({ rule, change }: Part) {
  const { t } = useTranslation('subscriptions')
  return (
    <Select
      label={t('rule.day')}
      w={110}
      allowDeselect={false}
      searchable
      data={[
        ...DAYS.map((day) => ({ value: String(day), label: t('rule.dayName', { day }) })),
        { value: 'last', label: t('rule.lastDay') },
      ]}
      value={String(rule.day)}
      onChange={(value) => value !== null && change({ day: value === 'last' ? 'last' : Number(value) })}
    />
  )
}

function NthChoice(props: Part) {
  const { rule, change } = props
  const { t } = useTranslation('subscriptions')
  const shop = useQuery(api.subscriptions.settings.queryOptions())
  const missingFifth = shop.data?.settings.missingFifth ?? 'last'
  return (
    <>
      <Select
        label={t('rule.nth')}
        w={92}
        allowDeselect={false}
        data={NTHS.map((nth) => ({ value: String(nth), label: t('rule.nthName', { nth }) }))}
        value={String(rule.nth)}
        onChange={(value) => value !== null && change(nthChosen(rule, Number(value), missingFifth))}
      />
      <WeekdayChoice {...props} />
      {rule.nth === 5 && (
        <div>
          <Text size="sm" fw={600} id="rule-missing">
            {t('rule.missing')}
          </Text>
          <SegmentedControl
            aria-labelledby="rule-missing"
            data={MISSING.map((value) => ({ value, label: t(`rule.missings.${value}`) }))}
            value={rule.missing}
            onChange={(value) => change({ missing: value === 'last' ? 'last' : 'pass-over' })}
          />
        </div>
      )}
    </>
  )
}

/** お届けの周期: the kind of rule, and what that kind asks. */
export function RuleEditor(props: RuleEditorProps) {
  const { t } = useTranslation('subscriptions')
  const { rule, onChange } = props
  const change = (part: Partial<DraftRule>) => onChange({ ...rule, ...part })
  const parts = { ...props, change }
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t('rule.kind')}
        data={KINDS.map((value) => ({ value, label: t(`rule.kinds.${value}`) }))}
        value={rule.kind}
        onChange={(value) => change({ kind: KINDS.find((one) => one === value) ?? 'months' })}
      />
      <div className={styles.line}>
        <Every {...parts} />
        {rule.kind === 'weeks' && <WeekdayChoice {...parts} />}
        {rule.kind === 'months' && <DayChoice {...parts} />}
        {rule.kind === 'month-weekday' && <NthChoice {...parts} />}
      </div>
    </>
  )
}
