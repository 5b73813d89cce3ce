import { useTranslation } from 'react-i18next'
import type { Quote } from '../../../../../contract/checkout'
import { formatYen } from '../../../lib/format'
import styles from './totals.module.css'

/** Sums of an order with tax per rate, exactly as main worked them out. */
export function TotalsRows({ quote }: { quote: Quote }) {
  const { t } = useTranslation('checkout')
  const reduced = new Set(
    quote.lines.filter((line) => line.taxClass === 'reduced').map((line) => line.ratePercent),
  )
  const none = quote.lines.length === 0
  return (
    <>
      <dl className={styles.rows}>
        <Row name={t('totals.subtotal')} value={formatYen(quote.subtotal)} />
        {quote.taxAdded > 0 && <Row name={t('totals.taxAdded')} value={formatYen(quote.taxAdded)} />}
        <Row
          name={t('totals.shipping')}
          value={quote.shipping === 0 && !none ? t('totals.free') : formatYen(quote.shipping)}
        />
        <Row name={t('totals.fee')} value={formatYen(quote.fee)} />
        {quote.discount > 0 && <Row name={t('totals.discount')} value={formatYen(-quote.discount)} />}
      </dl>
      <dl className={styles.total}>
        <Row name={t('totals.total')} value={formatYen(quote.total)} testId="total" />
      </dl>
      <dl className={styles.taxes} aria-label={t('totals.tax')}>
        {quote.taxes.map((tax) => (
          <Row
            key={tax.ratePercent}
            name={t(reduced.has(tax.ratePercent) ? 'totals.taxRowReduced' : 'totals.taxRow', {
              rate: tax.ratePercent,
              taxable: formatYen(tax.taxable),
            })}
            value={`${t('totals.tax')} ${formatYen(tax.tax)}`}
          />
        ))}
      </dl>
    </>
  )
}

function Row({ name, value, testId }: { name: string; value: string; testId?: string }) {
  return (
    <div className={styles.row}>
      <dt>{name}</dt>
      <dd data-testid={testId}>{value}</dd>
    </div>
  )
}
