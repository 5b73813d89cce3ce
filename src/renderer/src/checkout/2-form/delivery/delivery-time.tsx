import { NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/client'
import { formatPlainDate } from '../../../lib/format'
import { useFault } from '../../draft/draft-context'
import { ChoiceCards } from '../../parts/choice-cards'
import { datesBetween } from './dates'
import { DeliveryReason } from './delivery-reason'
import styles from './delivery.module.css'

const ANY = 'any'

/** Day and slot of one delivery; null: as early as possible, at any time. */
interface DeliveryWish {
  readonly deliverOn: string | null
  readonly slotCode: string | null
}

interface DeliveryTimeProps {
  readonly to: { readonly prefecture: string; readonly postalCode: string }
  readonly value: DeliveryWish
  readonly onChange: (patch: Partial<DeliveryWish>) => void
  /** Path of the delivery in the form, with its dot; empty for the form itself. */
  readonly path?: string
  /** The day is chosen elsewhere. */
  readonly isSlotAlone?: boolean
}

/** The dates and time slots that main can promise for a place, and why not earlier. */
export function DeliveryTime({ to, value, onChange, path = '', isSlotAlone = false }: DeliveryTimeProps) {
  const { t } = useTranslation('checkout')
  const { t: words } = useTranslation('delivery')
  const { deliverOn, slotCode } = value
  const { prefecture, postalCode } = to
  const query = useQuery({
    ...api.checkout.deliveryChoices.queryOptions({ input: { prefecture, postalCode, deliverOn } }),
    placeholderData: keepPreviousData,
  })
  const choices = query.data
  const dates = choices ? datesBetween(choices.earliest, choices.latest) : []
  const shown = deliverOn !== null && !dates.includes(deliverOn) ? [deliverOn, ...dates] : dates
  const slots = choices?.slots ?? []
  const tooEarly = choices !== undefined && deliverOn !== null && deliverOn < choices.earliest
  const fault = useFault(`${path}deliverOn`)
  const earliest = choices
    ? words('earliestOn', { date: formatPlainDate(choices.earliest) })
    : t('delivery.earliest')
  return (
    <div className={styles.time} data-slots={isSlotAlone || undefined}>
      {!isSlotAlone && (
        <NativeSelect
          label={t('delivery.date')}
          className={styles.date ?? ''}
          value={deliverOn ?? ''}
          error={fault ?? (tooEarly && words('tooEarly', { date: formatPlainDate(choices.earliest) }))}
          data-path={`${path}deliverOn`}
          aria-busy={query.isPending}
          description={query.isError ? t('delivery.failed') : undefined}
          data={[
            { value: '', label: earliest },
            ...shown.map((date) => ({ value: date, label: formatPlainDate(date) })),
          ]}
          onChange={(event) => {
            const { value: date } = event.currentTarget
            onChange({ deliverOn: date === '' ? null : date })
          }}
        />
      )}
      <div className={styles.slots} aria-busy={query.isPending}>
        <ChoiceCards
          legend={
            choices ? words('slotOf', { carrier: words(`carriers.${choices.carrier}`) }) : t('delivery.slot')
          }
          choices={[
            { value: ANY, label: t('delivery.anySlot') },
            ...slots.map((slot) => ({ value: slot.code, label: slot.label })),
          ]}
          value={slotCode ?? ANY}
          onChange={(code) => onChange({ slotCode: code === ANY ? null : code })}
          path={`${path}slotCode`}
          error={useFault(`${path}slotCode`)}
        />
      </div>
      {choices && !isSlotAlone && <DeliveryReason choices={choices} />}
    </div>
  )
}
