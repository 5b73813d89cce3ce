import { NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/client'
import { formatPlainDate } from '../../../lib/format'
import { useDraft, useDraftState, useFault } from '../../draft/draft-context'
import { ChoiceCards } from '../../parts/choice-cards'
import { datesBetween } from './dates'
import styles from './delivery.module.css'

const ANY = 'any'

/** The dates and time slots that main can promise for a prefecture. */
export function DeliveryTime({ prefecture }: { prefecture: string }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { deliverOn, slotCode } = useDraftState().form
  const query = useQuery({
    ...api.checkout.deliveryChoices.queryOptions({ input: { prefecture } }),
    placeholderData: keepPreviousData,
  })
  const choices = query.data
  const dates = choices ? datesBetween(choices.earliest, choices.latest) : []
  const shown = deliverOn !== null && !dates.includes(deliverOn) ? [deliverOn, ...dates] : dates
  const slots = choices?.slots ?? []
  return (
    <div className={styles.time}>
      <NativeSelect
        label={t('delivery.date')}
        className={styles.date ?? ''}
        value={deliverOn ?? ''}
        error={useFault('deliverOn')}
        data-path="deliverOn"
        aria-busy={query.isPending}
        description={query.isError ? t('delivery.failed') : undefined}
        data={[
          { value: '', label: t('delivery.earliest') },
          ...shown.map((date) => ({ value: date, label: formatPlainDate(date) })),
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget
          draft.edit((form) => ({ ...form, deliverOn: value === '' ? null : value }))
        }}
      />
      <div className={styles.slots} aria-busy={query.isPending}>
        <ChoiceCards
          legend={t('delivery.slot')}
          choices={[
            { value: ANY, label: t('delivery.anySlot') },
            ...slots.map((slot) => ({ value: slot.code, label: slot.label })),
          ]}
          value={slotCode ?? ANY}
          onChange={(code) => draft.edit((form) => ({ ...form, slotCode: code === ANY ? null : code }))}
          path="slotCode"
          error={useFault('slotCode')}
        />
      </div>
    </div>
  )
}
