import { SegmentedControl, Select, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SubscriptionSettings } from '../../../../contract/subscription-settings'
import { WholeField } from '../../ui/whole-field'
import products from '../products/products.module.css'
import type { useSubscriptionSettings } from './use-subscription-settings'

export interface PartProps {
  readonly form: ReturnType<typeof useSubscriptionSettings>
  readonly writable: boolean
}

const { afterLastRetry, restart, underMinimum } = SubscriptionSettings.shape
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

interface ChoiceProps<V extends string> {
  readonly label: string
  readonly note?: string
  readonly options: readonly V[]
  readonly wordsOf: (value: V) => string
  readonly value: V
  readonly writable: boolean
  readonly onChange: (value: V) => void
}

/** One of a few: all of them in sight. */
function Choice<V extends string>(props: ChoiceProps<V>) {
  const { label, note, options, wordsOf, value, writable, onChange } = props
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {label}
      </Text>
      <SegmentedControl
        aria-label={label}
        disabled={!writable}
        data={options.map((one) => ({ value: one, label: wordsOf(one) }))}
        value={value}
        onChange={(chosen) => onChange(options.find((one) => one === chosen) ?? value)}
      />
      {note !== undefined && (
        <Text size="xs" c="dimmed" mt={4}>
          {note}
        </Text>
      )}
    </div>
  )
}

/** When the run starts by itself, and what comes after a refused card. */
export function RunPart({ form, writable }: PartProps) {
  const { t } = useTranslation('subscriptions')
  const { values, faults, change } = form
  return (
    <section className="card" aria-labelledby="subscription-run">
      <Title order={2} id="subscription-run" mb="xs">
        {t('settings.run')}
      </Title>
      <div className={products.fields}>
        <Select
          label={t('settings.runAtHour')}
          description={t('settings.runAtHourNote')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          styles={{ wrapper: { width: 200 } }}
          allowDeselect={false}
          readOnly={!writable}
          data={[
            { value: '', label: t('settings.never') },
            ...HOURS.map((hour) => ({ value: String(hour), label: t('settings.hour', { hour }) })),
          ]}
          value={values.runAtHour === null ? '' : String(values.runAtHour)}
          onChange={(value) => change({ runAtHour: value === null || value === '' ? null : Number(value) })}
        />
        <TextInput
          label={t('settings.retryDays')}
          description={t('settings.retryDaysNote')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          styles={{ wrapper: { width: 260 } }}
          maxLength={60}
          readOnly={!writable}
          value={values.retryDays}
          error={faults.get('settings.retryDays') ?? faults.get('retryDays')}
          onChange={(event) => change({ retryDays: event.currentTarget.value })}
        />
        <Choice
          label={t('settings.afterLastRetry')}
          note={t('settings.afterLastRetryNote')}
          options={afterLastRetry.options}
          wordsOf={(value) => t(`settings.afterLastRetrys.${value}`)}
          value={values.afterLastRetry}
          writable={writable}
          onChange={(value) => change({ afterLastRetry: value })}
        />
      </div>
    </section>
  )
}

/** What customers may do with their contract, and what they are offered. */
export function CustomerPart({ form, writable }: PartProps) {
  const { t } = useTranslation('subscriptions')
  const { values, faults, change } = form
  return (
    <section className="card" aria-labelledby="subscription-customer">
      <Title order={2} id="subscription-customer" mb="xs">
        {t('settings.leaving')}
      </Title>
      <div className={products.fields}>
        <WholeField
          label={t('settings.skipsInRow')}
          description={t('settings.skipsInRowNote')}
          unit={t('settings.times')}
          unitWidth={36}
          width={120}
          readOnly={!writable}
          value={values.skipsInRow}
          error={faults.get('settings.skipsInRow') ?? faults.get('skipsInRow')}
          onChange={(value) => change({ skipsInRow: value })}
        />
        <Choice
          label={t('settings.underMinimum')}
          options={underMinimum.options}
          wordsOf={(value) => t(`settings.underMinimums.${value}`)}
          value={values.underMinimum}
          writable={writable}
          onChange={(value) => change({ underMinimum: value })}
        />
        <Choice
          label={t('settings.restart')}
          note={t('settings.restartNote')}
          options={restart.options}
          wordsOf={(value) => t(`settings.restarts.${value}`)}
          value={values.restart}
          writable={writable}
          onChange={(value) => change({ restart: value })}
        />
        <Textarea
          label={t('settings.retentionOffer')}
          description={t('settings.retentionOfferNote')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          rows={2}
          maxLength={200}
          readOnly={!writable}
          value={values.retentionOffer}
          onChange={(event) => change({ retentionOffer: event.currentTarget.value })}
        />
      </div>
    </section>
  )
}
