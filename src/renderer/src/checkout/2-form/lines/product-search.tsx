import { Badge } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ProductSummary } from '../../../../../contract/products'
import { api } from '../../../lib/client'
import { ProductBox, useProductText } from '../../../ui/product-box'
import { useFault } from '../../draft/draft-context'
import { useFocusPlan } from '../../parts/focus-plan'

/** Finds a product that is on sale today; Enter in the empty field goes on. */
export function ProductSearch({ onPick }: { onPick: (product: ProductSummary) => void }) {
  const { t } = useTranslation('checkout')
  const plan = useFocusPlan()
  const typed = useProductText()
  const query = useQuery({
    ...api.products.search.queryOptions({ input: { text: typed.asked } }),
    enabled: typed.asked !== '',
    placeholderData: keepPreviousData,
  })
  return (
    <ProductBox
      inputRef={plan.target('product-search')}
      label={t('lines.search')}
      path="lines"
      error={useFault('lines')}
      typed={typed}
      query={query}
      items={query.data ?? []}
      tags={tagsOf}
      onPick={onPick}
      onSkip={() => plan.go('delivery')}
    />
  )
}

const tagsOf = (product: ProductSummary) => <Tags product={product} />

function Tags({ product }: { product: ProductSummary }) {
  const { t } = useTranslation('checkout')
  const rate = { rate: product.ratePercent }
  return (
    <>
      {product.temperature !== 'normal' && (
        <Badge size="sm" variant="default" tt="none">
          {t(`lines.temperature.${product.temperature}`)}
        </Badge>
      )}
      {t(product.taxClass === 'reduced' ? 'lines.reduced' : 'lines.standard', rate)}
    </>
  )
}
