import { useTranslation } from 'react-i18next'
import { formatPostalCode } from '../../../../contract/text'
import { addressLine } from '../../checkout/2-form/customer/use-customer'
import { useGiftWords } from '../../checkout/2-form/delivery/use-gift-words'
import { usePlaceOf } from '../../checkout/2-form/delivery/use-place'
import { useSlotLabel } from '../../checkout/2-form/delivery/use-slot-label'
import { ShownCardLine } from '../../checkout/2-form/payment/shown-card-line'
import readBack from '../../checkout/3-read-back/read-back.module.css'
import { useDraftState } from '../../checkout/draft/draft-context'
import { formatDayOfYear, formatYen } from '../../lib/format'
import { useRuleWords } from '../subscriptions/plan-words'
import styles from './subscription-registration.module.css'
import { useTerms } from './use-terms'

/** Beside the sentences: for whom, where, how it is paid, and the turns with their totals. */
export function RegistrationSummary() {
  const { t } = useTranslation('checkout')
  const { t: words } = useTranslation('subscriptionRegistration')
  const ruleOf = useRuleWords()
  const { view } = useDraftState()
  const { registration, terms } = useTerms()
  const { form, card } = view
  const turns = registration.plan.filter(({ kind }) => kind === 'delivery')
  return (
    <>
      <h2>{words('summary')}</h2>
      <dl className={readBack.facts}>
        <dt>{t('readBack.customer')}</dt>
        <dd>{view.customerName}</dd>
        <Place />
        <dt>{words('rule')}</dt>
        <dd>
          {[
            ruleOf(registration.rule),
            terms.minTurns === null ? '' : words('minTurnsWords', { count: terms.minTurns }),
            terms.lastTurn === null ? '' : words('lastTurnWords', { count: terms.lastTurn }),
          ]
            .filter(Boolean)
            .join('、')}
        </dd>
        <dt>{t('readBack.payment')}</dt>
        <dd>
          {form.payment.method === 'card' && card ? (
            <ShownCardLine card={card} />
          ) : (
            form.payment.method && t(`readBack.methods.${form.payment.method}`)
          )}
        </dd>
        {form.note !== '' && (
          <>
            <dt>{t('readBack.note')}</dt>
            <dd>{form.note}</dd>
          </>
        )}
      </dl>
      <table className={styles.turns} aria-label={words('turns')}>
        <thead>
          <tr>
            <th scope="col">{words('turn')}</th>
            <th scope="col">{words('deliverOn')}</th>
            <th scope="col">{words('total')}</th>
          </tr>
        </thead>
        <tbody>
          {turns.map(({ ruleIndex, turn, deliverOn, total }) => (
            <tr key={ruleIndex}>
              <th scope="row">{turn}</th>
              <td>{deliverOn !== null && formatDayOfYear(deliverOn)}</td>
              <td>{total !== null && formatYen(total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Place() {
  const { t } = useTranslation('checkout')
  const { shipments } = useDraftState().view.form
  const [shipment] = shipments
  return shipment ? (
    <>
      <dt>{t('readBack.shipTo')}</dt>
      <PlaceWords shipment={shipment} />
    </>
  ) : null
}

function PlaceWords({ shipment }: { shipment: Parameters<typeof useSlotLabel>[0] }) {
  const { t } = useTranslation('checkout')
  const place = usePlaceOf()(shipment.shipTo)
  const slot = useSlotLabel(shipment)
  const gift = useGiftWords()(shipment.gift)
  const isOwn = shipment.shipTo.kind === 'customer'
  return (
    <dd>
      {isOwn ? t('readBack.sameAsCustomer') : place?.name} {slot ?? t('readBack.anySlot')}
      {place && (
        <small>
          〒{formatPostalCode(place.postalCode)} {addressLine(place)}
        </small>
      )}
      {gift.length > 0 && <small>{gift.join('・')}</small>}
    </dd>
  )
}
