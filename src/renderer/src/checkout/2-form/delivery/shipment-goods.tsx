import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftState } from '../../draft/draft-context'
import { distribute, MAX_QUANTITY, sameLine } from '../../draft/lines'
import { useKnownProducts } from '../lines/use-known-products'
import styles from './delivery.module.css'

/** How many of each product of the order go with one delivery: one field a product, Tab leads through. */
export function ShipmentGoods({ index }: { index: number }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { lines } = useDraftState().form
  const known = useKnownProducts()
  const products = [...new Set(lines.map(({ productId }) => productId))]
  if (products.length === 0) return <p className={styles.address}>{t('delivery.noGoods')}</p>
  return (
    <div className={styles.goods} role="group" aria-label={t('delivery.goods', { number: index + 1 })}>
      {products.map((productId) => {
        const ref = { productId, shipment: index }
        return (
          <NumberInput
            key={productId}
            label={known.of(productId)?.name ?? t('lines.unknownName')}
            value={lines.find((line) => sameLine(line, ref))?.quantity ?? 0}
            min={0}
            max={MAX_QUANTITY}
            allowDecimal={false}
            clampBehavior="strict"
            onFocus={(event) => event.currentTarget.select()}
            onChange={(typed) =>
              draft.edit((form) => ({ ...form, lines: distribute(form.lines, ref, Number(typed) || 0) }))
            }
            onBlur={() => void draft.flush()}
          />
        )
      })}
    </div>
  )
}
