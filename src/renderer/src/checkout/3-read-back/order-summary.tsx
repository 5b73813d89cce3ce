import { useTranslation } from 'react-i18next'
import { formatPostalCode } from '../../../../contract/text'
import { formatPlainDate, formatYen } from '../../lib/format'
import { usePlanWords } from '../../ui/use-plan-words'
import type { Shipment } from '../../../../contract/shipments'
import { addressLine } from '../2-form/customer/use-customer'
import { useGiftWords } from '../2-form/delivery/use-gift-words'
import { usePlaceOf } from '../2-form/delivery/use-place'
import { useSlotLabel } from '../2-form/delivery/use-slot-label'
import { ShownCardLine } from '../2-form/payment/shown-card-line'
import { TotalsRows } from '../2-form/totals/totals-rows'
import { useDraftState } from '../draft/draft-context'
import styles from './read-back.module.css'

/** What is ordered, for whom, when, how much and how it is paid. */
export function OrderSummary() {
  const { t } = useTranslation('checkout')
  const { view } = useDraftState()
  const planWords = usePlanWords()
  const { form, quote, card } = view
  return (
    <>
      <h2>{t('readBack.summary')}</h2>
      <dl className={styles.facts}>
        <dt>{t('readBack.customer')}</dt>
        <dd>{view.customerName}</dd>
        {form.shipments.map((shipment, index) => (
          <ShipmentFacts
            // eslint-disable-next-line react/no-array-index-key -- its place is what a delivery is known by
            key={index}
            shipment={shipment}
            number={form.shipments.length > 1 ? index + 1 : null}
          />
        ))}
        <dt>{t('readBack.payment')}</dt>
        <dd>
          {form.payment.method === 'card' && card ? (
            <ShownCardLine card={card} />
          ) : (
            form.payment.method && t(`readBack.methods.${form.payment.method}`)
          )}
        </dd>
        {form.payment.method === 'card' && (
          <>
            <dt>{t('readBack.plan')}</dt>
            <dd data-testid="plan">{planWords(form.plan)}</dd>
          </>
        )}
        {form.note !== '' && (
          <>
            <dt>{t('readBack.note')}</dt>
            <dd>{form.note}</dd>
          </>
        )}
      </dl>
      <ul
        className={styles.items}
        tabIndex={quote.lines.length > 6 ? 0 : undefined}
        aria-label={t('lines.table')}
      >
        {quote.lines.map((line) => (
          <li key={`${line.productId} ${line.shipment}`}>
            <span>
              {line.name}
              {form.shipments.length > 1 && ` ${t('lines.toNth', { number: line.shipment + 1 })}`}
            </span>
            <span className={styles.quiet}>{t('totals.quantity', { quantity: line.quantity })}</span>
            <span>{formatYen(line.amount)}</span>
          </li>
        ))}
      </ul>
      <TotalsRows quote={quote} />
    </>
  )
}

/** Where one delivery goes, when, and as what gift; `number` when there are several. */
function ShipmentFacts({ shipment, number }: { shipment: Shipment; number: number | null }) {
  const { t } = useTranslation('checkout')
  const slot = useSlotLabel(shipment)
  const place = usePlaceOf()(shipment.shipTo)
  const gift = useGiftWords()(shipment.gift)
  const own = shipment.shipTo.kind === 'customer'
  return (
    <>
      <dt>{number === null ? t('readBack.shipTo') : t('delivery.nth', { number })}</dt>
      <dd>
        {own ? t('readBack.sameAsCustomer') : place?.name}
        {place && (
          <small>
            〒{formatPostalCode(place.postalCode)} {addressLine(place)}
          </small>
        )}
      </dd>
      <dt>{t('readBack.delivery')}</dt>
      <dd>
        {shipment.deliverOn === null ? t('readBack.earliest') : formatPlainDate(shipment.deliverOn)}{' '}
        {slot ?? t('readBack.anySlot')}
      </dd>
      {gift.length > 0 && (
        <>
          <dt>{t('readBack.gift')}</dt>
          <dd>{gift.join('・')}</dd>
        </>
      )}
    </>
  )
}
