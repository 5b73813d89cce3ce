import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Ref } from 'react'
import { formatYen } from '../../../lib/format'
import { useDraft, useDraftState } from '../../draft/draft-context'
import { sameLine, setQuantity, type Line } from '../../draft/lines'
import { useFocusPlan } from '../../parts/focus-plan'
import styles from './lines.module.css'
import { QuantityField } from './quantity-field'
import type { KnownProduct } from './use-known-products'

interface LineRowProps {
  readonly line: Line
  readonly product: KnownProduct | null
  readonly onRemove: () => void
  readonly quantityRef: Ref<HTMLInputElement>
}

/** One product of the order. The amount is what main worked out; it pales while a newer one is on its way. */
export function LineRow({ line, product, onRemove, quantityRef }: LineRowProps) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const { view, form, save } = useDraftState()
  const quoted = view.quote.lines.find((row) => sameLine(row, line))
  const gone = save === 'saved' && !quoted
  const name = product?.name ?? t('lines.unknownName')
  return (
    <tr>
      <td className={styles.code}>{product?.code}</td>
      <td className={styles.product}>
        {name}
        {form.shipments.length > 1 && (
          <span className={styles.code}> {t('lines.toNth', { number: line.shipment + 1 })}</span>
        )}
        {quoted && view.quote.legal.outside.includes(quoted.name) && (
          <span className={styles.outside}>{t('lines.outside')}</span>
        )}
        {gone && <span className={styles.gone}>{t('lines.gone')}</span>}
        {quoted?.stock != null && quoted.stock < line.quantity && (
          <span className={styles.gone}>{t('lines.short', { stock: Math.max(0, quoted.stock) })}</span>
        )}
      </td>
      <td className={styles.rate}>
        {product?.ratePercent != null &&
          t(product.reduced ? 'lines.reduced' : 'lines.standard', { rate: product.ratePercent })}
      </td>
      <td className={styles.money}>
        {quoted ? formatYen(quoted.unitPrice) : product?.unitPrice != null && formatYen(product.unitPrice)}
      </td>
      <td>
        <QuantityField
          ref={quantityRef}
          name={name}
          quantity={line.quantity}
          onChange={(quantity) =>
            draft.edit((form) => ({ ...form, lines: setQuantity(form.lines, line, quantity) }))
          }
          onRemove={onRemove}
          onDone={() => plan.go('product-search')}
          onBlur={() => void draft.flush()}
        />
      </td>
      <td className={styles.money} data-stale={quoted?.quantity !== line.quantity || undefined}>
        {quoted?.priceKind === 'net' && <span className={styles.code}>{t('lines.net')} </span>}
        {quoted && formatYen(quoted.amount)}
      </td>
      <td>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('lines.remove', { name })}
          onClick={onRemove}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </td>
    </tr>
  )
}
