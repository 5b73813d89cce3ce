import { useTranslation } from 'react-i18next'
import { formatPostalCode } from '../../../../contract/text'
import { formatPlainDate, formatYen } from '../../lib/format'
import { addressLine, useCallerFields } from '../2-form/customer/use-customer'
import { useSlotLabel } from '../2-form/delivery/use-slot-label'
import { ShownCardLine } from '../2-form/payment/shown-card-line'
import { TotalsRows } from '../2-form/totals/totals-rows'
import { useDraftState } from '../draft/draft-context'
import styles from './read-back.module.css'

/** What is ordered, for whom, when, how much and how it is paid. */
export function OrderSummary() {
  const { t } = useTranslation('checkout')
  const { view } = useDraftState()
  const { form, quote, card } = view
  const caller = useCallerFields()
  const slot = useSlotLabel()
  const { shipTo } = form
  return (
    <>
      <h2>{t('readBack.summary')}</h2>
      <dl className={styles.facts}>
        <dt>{t('readBack.customer')}</dt>
        <dd>{view.customerName}</dd>
        <dt>{t('readBack.shipTo')}</dt>
        <dd>
          {shipTo.kind === 'customer' ? (
            <>
              {t('readBack.sameAsCustomer')}
              {caller && (
                <small>
                  〒{formatPostalCode(caller.postalCode)} {addressLine(caller)}
                </small>
              )}
            </>
          ) : (
            <>
              {shipTo.name}
              <small>
                〒{formatPostalCode(shipTo.postalCode)} {addressLine(shipTo)}
              </small>
            </>
          )}
        </dd>
        <dt>{t('readBack.delivery')}</dt>
        <dd>
          {form.deliverOn === null ? t('readBack.earliest') : formatPlainDate(form.deliverOn)}{' '}
          {slot ?? t('readBack.anySlot')}
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
      <ul
        className={styles.items}
        tabIndex={quote.lines.length > 6 ? 0 : undefined}
        aria-label={t('lines.table')}
      >
        {quote.lines.map((line) => (
          <li key={line.productId}>
            <span>{line.name}</span>
            <span className={styles.quiet}>{t('totals.quantity', { quantity: line.quantity })}</span>
            <span>{formatYen(line.amount)}</span>
          </li>
        ))}
      </ul>
      <TotalsRows quote={quote} />
    </>
  )
}
