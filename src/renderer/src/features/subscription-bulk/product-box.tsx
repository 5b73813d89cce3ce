import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Product } from '../../../../contract/products'
import { formatYen } from '../../lib/format'
import { ProductSearch } from '../../ui/product-search'
import type { DraftProduct } from './bulk-draft'
import styles from './subscription-bulk.module.css'

/** What of a product a 一括変更 keeps. */
export const draftProductOf = ({ id, code, name, price, priceKind }: Product): DraftProduct => ({
  id,
  code,
  name,
  price,
  priceKind,
})

/** 商品の価格, with or without tax as it is. */
export function PriceOf({ product }: { product: DraftProduct }) {
  const { t } = useTranslation('products')
  return (
    <span>
      {formatYen(product.price)} <small>{t(`priceKinds.${product.priceKind}`)}</small>
    </span>
  )
}

interface ProductChoiceProps {
  readonly label: string
  readonly path: string
  readonly subscribable: boolean
  readonly error: string | undefined
  readonly product: DraftProduct | null
  readonly onChange: (product: DraftProduct | null) => void
}

/** One product: found, then shown with the way to another one. */
export function ProductChoice({ product, onChange, ...box }: ProductChoiceProps) {
  const { t } = useTranslation('subscriptionBulk')
  if (product === null) return <ProductSearch {...box} onPick={(found) => onChange(draftProductOf(found))} />
  return (
    <div role="group" aria-label={box.label}>
      <Text size="sm" fw={600}>
        {box.label}
      </Text>
      <div className={styles.chosen}>
        <span className={styles.code}>{product.code}</span>
        <span className={styles.cut} title={product.name}>
          {product.name}
        </span>
        <PriceOf product={product} />
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('form.changeOf', { label: box.label })}
          onClick={() => onChange(null)}
        >
          {t('form.changeProduct')}
        </Button>
      </div>
    </div>
  )
}
