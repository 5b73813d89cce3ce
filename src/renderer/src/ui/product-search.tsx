import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Product } from '../../../contract/products'
import { api } from '../lib/client'
import { ProductBox, useProductText } from './product-box'

const MOST = 20

interface ProductSearchProps {
  readonly label: string
  readonly path: string
  /** Only what may be sold as 定期; else whatever there is, such as what is not sold any more. */
  readonly subscribable: boolean
  /** Only what is on sale today. */
  readonly onSale?: boolean
  readonly error?: string | undefined
  /** Products that are chosen already. */
  readonly except?: readonly string[]
  readonly onPick: (product: Product) => void
}

/** Products whose code begins with what is typed come before those that only have it in their names. */
function codeFirst(items: readonly Product[], text: string): readonly Product[] {
  const typed = text.trim().normalize('NFKC').toUpperCase()
  const rank = ({ code }: Product) => (code.toUpperCase().startsWith(typed) ? 0 : 1)
  return items.toSorted((a, b) => rank(a) - rank(b))
}

/** Finds a product of 商品マスター. */
export function ProductSearch({ subscribable, onSale, except, ...box }: ProductSearchProps) {
  const { t } = useTranslation('products')
  const typed = useProductText()
  const query = useQuery({
    ...api.products.list.queryOptions({
      input: {
        cursor: null,
        limit: MOST,
        text: typed.asked,
        subscribable,
        state: onSale === true ? 'on-sale' : null,
      },
    }),
    enabled: typed.asked !== '',
    placeholderData: keepPreviousData,
  })
  const found = (query.data?.items ?? []).filter(({ id }) => except?.includes(id) !== true)
  return (
    <ProductBox
      {...box}
      typed={typed}
      query={query}
      items={codeFirst(found, typed.text)}
      none={t(subscribable ? 'find.noneOfSubscription' : 'find.none')}
    />
  )
}
