import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { Key } from '../../ui/states'
import type { PaymentMethod } from '../../../../contract/checkout'
import type { Shipment } from '../../../../contract/shipments'
import { formatPlainDate, formatYen } from '../../lib/format'
import { usePlanWords } from '../../ui/use-plan-words'
import { usePlaceOf } from '../2-form/delivery/use-place'
import { useSlotLabel } from '../2-form/delivery/use-slot-label'
import { useDraftState } from '../draft/draft-context'
import styles from './done.module.css'

const NEXT = {
  card: 'done.nextCard',
  cod: 'done.nextCod',
  deferred: 'done.nextDeferred',
  'bank-transfer': 'done.nextTransfer',
  konbini: 'done.nextKonbini',
  none: 'done.nextNone',
} as const satisfies Record<PaymentMethod, string>

/** Step 4: the order exists. */
export function DoneStage() {
  const { t } = useTranslation('checkout')
  const [, navigate] = useLocation()
  const { view } = useDraftState()
  const planWords = usePlanWords()
  const heading = useRef<HTMLHeadingElement>(null)
  const { method } = view.form.payment
  const { shipments } = view.form
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className={styles.stage} data-testid="checkout-stage-done" aria-labelledby="done-heading">
      <IconCircleCheck size={48} stroke={1.5} className={styles.mark} aria-hidden />
      <h2 id="done-heading" ref={heading} tabIndex={-1}>
        {t(view.changes === null ? 'done.heading' : 'done.headingChange')}
      </h2>
      <dl className={styles.numbers}>
        <div className={styles.order}>
          <dt>{t('done.order')}</dt>
          <dd data-testid="order-number">{view.order?.number}</dd>
        </div>
        {view.payment && (
          <div>
            <dt>{t('done.transaction')}</dt>
            <dd data-testid="transaction-number">{view.payment.number}</dd>
          </div>
        )}
        {method === 'card' && (
          <div>
            <dt>{t('done.plan')}</dt>
            <dd className={styles.text} data-testid="plan">
              {planWords(view.form.plan)}
            </dd>
          </div>
        )}
        <div>
          <dt>{t('done.total')}</dt>
          <dd data-testid="total">{formatYen(view.quote.total)}</dd>
        </div>
        <div>
          <dt>{t('done.customer')}</dt>
          <dd className={styles.text}>{view.customerName}</dd>
        </div>
      </dl>
      <div className={styles.next}>
        <h3>{t('done.next')}</h3>
        {view.review && <p>{t('done.review')}</p>}
        <ul>
          {shipments.map((shipment, index) => (
            // eslint-disable-next-line react/no-array-index-key -- its place is what a delivery is known by
            <NextDelivery key={index} shipment={shipment} number={shipments.length > 1 ? index + 1 : null} />
          ))}
          {method !== null && <li>{t(NEXT[method])}</li>}
        </ul>
      </div>
      <div className={styles.actions}>
        <Button
          size="md"
          aria-keyshortcuts="F2"
          onClick={() => navigate('/checkout/new')}
          rightSection={<Key>F2</Key>}
        >
          {t('done.newOrder')}
        </Button>
        <Button
          size="md"
          variant="default"
          onClick={() => navigate(`/orders?text=${view.order?.number ?? ''}`)}
        >
          {t('done.openList')}
        </Button>
      </div>
    </section>
  )
}

/** When one delivery arrives; `number` when there are several. */
function NextDelivery({ shipment, number }: { shipment: Shipment; number: number | null }) {
  const { t } = useTranslation('checkout')
  const slot = useSlotLabel(shipment)
  const name = usePlaceOf()(shipment.shipTo)?.name ?? ''
  const { deliverOn } = shipment
  return (
    <li>
      {number !== null && t('done.nth', { number, name })}
      {deliverOn === null
        ? t('done.nextDeliveryEarliest')
        : t('done.nextDelivery', { date: formatPlainDate(deliverOn), slot: slot ?? '' })}
    </li>
  )
}
