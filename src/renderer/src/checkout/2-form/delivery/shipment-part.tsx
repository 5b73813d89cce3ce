import { Button, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Shipment, ShipTo } from '../../../../../contract/shipments'
import { formatPhone, formatPostalCode } from '../../../../../contract/text'
import { useDraft, useFault } from '../../draft/draft-context'
import { editShipment, EMPTY_ADDRESS, removeShipment } from '../../draft/shipments'
import { ChoiceCards, type Choice } from '../../parts/choice-cards'
import { addressLine } from '../customer/use-customer'
import { DeliveryTime } from './delivery-time'
import styles from './delivery.module.css'
import { GiftButton } from './gift-button'
import { OtherAddress } from './other-address'
import { ShipmentGoods } from './shipment-goods'
import { usePlaceOf, useSavedAddresses } from './use-place'

interface ShipmentPartProps {
  readonly index: number
  readonly shipment: Shipment
  /** True when the order has other deliveries too. */
  readonly several: boolean
  /** A delivery of every turn of a 定期: its days follow from the rule. */
  readonly isEveryTurn?: boolean
}

/** One delivery: its address, its goods when there are several, day and slot, gift. */
export function ShipmentPart({ index, shipment, several, isEveryTurn = false }: ShipmentPartProps) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const saved = useSavedAddresses()
  const place = usePlaceOf()(shipment.shipTo)
  const path = `shipments.${index}.`
  const { shipTo } = shipment
  const fault = useFault(`${path}shipTo.kind`)
  const shipToIs = (next: ShipTo) =>
    draft.edit((form) => editShipment(form, index, (before) => ({ ...before, shipTo: next })))
  const choose = (kind: ShipTo['kind']) => {
    const [first] = saved
    if (kind === shipTo.kind) return
    if (kind === 'customer') return shipToIs({ kind })
    if (kind === 'other') return shipToIs(EMPTY_ADDRESS)
    if (first) shipToIs({ kind, addressId: first.id })
  }
  const choices: Choice<ShipTo['kind']>[] = [
    { value: 'customer', label: t('delivery.toCustomer') },
    ...(saved.length > 0 || shipTo.kind === 'saved'
      ? [{ value: 'saved' as const, label: t('delivery.toSaved') }]
      : []),
    { value: 'other', label: t('delivery.toOther') },
  ]
  return (
    <div
      className={styles.shipment}
      data-several={several || undefined}
      role="group"
      aria-label={several ? t('delivery.nth', { number: index + 1 }) : t('delivery.shipTo')}
    >
      {several && (
        <div className={styles.nth}>
          <strong>{t('delivery.nth', { number: index + 1 })}</strong>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={t('delivery.removeNth', { number: index + 1 })}
            onClick={() => draft.edit((form) => removeShipment(form, index))}
          >
            {t('delivery.remove')}
          </Button>
        </div>
      )}
      <div className={styles.shipTo}>
        <ChoiceCards
          legend={t('delivery.shipTo')}
          choices={choices}
          value={shipTo.kind}
          onChange={choose}
          path={`${path}shipTo.kind`}
          error={fault}
        />
        {shipTo.kind === 'saved' && (
          <NativeSelect
            label={t('delivery.savedAddress')}
            value={shipTo.addressId}
            data={saved.map(({ id, label, name }) => ({
              value: id,
              label: [label, name].filter(Boolean).join(' '),
            }))}
            onChange={(event) => shipToIs({ kind: 'saved', addressId: event.currentTarget.value })}
          />
        )}
        {shipTo.kind !== 'other' && (
          <p className={styles.address}>
            {place
              ? `〒${formatPostalCode(place.postalCode)} ${addressLine(place)} ／ ${formatPhone(place.phone)}`
              : t('delivery.toCustomerNone')}
          </p>
        )}
      </div>
      {shipTo.kind === 'other' && <OtherAddress shipTo={shipTo} index={index} />}
      {several && <ShipmentGoods index={index} />}
      <DeliveryTime
        to={{ prefecture: place?.prefecture ?? '', postalCode: place?.postalCode ?? '' }}
        value={shipment}
        path={path}
        isSlotAlone={isEveryTurn}
        onChange={(patch) =>
          draft.edit((form) => editShipment(form, index, (before) => ({ ...before, ...patch })))
        }
      />
      <GiftButton index={index} gift={shipment.gift} />
    </div>
  )
}
