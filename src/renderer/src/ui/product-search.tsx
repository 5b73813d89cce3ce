import { Loader } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Product } from '../../../contract/products'
import { SearchBox } from '../checkout/parts/search-box'
import { api } from '../lib/client'
import { formatYen } from '../lib/format'
import styles from './product-search.module.css'
import { useDebounced } from './use-debounced'

const PAUSE_MS = 100
const MOST = 20

interface ProductSearchProps {
  readonly label: string
  readonly path: string
  /** Only what may be sold as 定期; else whatever there is, such as what is not sold any more. */
  readonly subscribable: boolean
  /** Only what is on sale today. */
  readonly onSale?: boolean
  readonly error?: string | undefined
  readonly onPick: (product: Product) => void
}

/** Products whose code begins with what is typed come before those that only have it in their names. */
function codeFirst(items: readonly Product[], text: string): readonly Product[] {
  const typed = text.trim().normalize('NFKC').toUpperCase()
  const rank = ({ code }: Product) => (code.toUpperCase().startsWith(typed) ? 0 : 1)
  return items.toSorted((a, b) => rank(a) - rank(b))
}

/** Finds a product by code, name or kana; Enter takes the first or the chosen one. */
export function ProductSearch({ label, path, subscribable, onSale, error, onPick }: ProductSearchProps) {
  const { t } = useTranslation('products')
  const [text, setText] = useState('')
  const asked = useDebounced(text, PAUSE_MS)
  const wanted = text.trim() !== ''
  const query = useQuery({
    ...api.products.list.queryOptions({
      input: {
        cursor: null,
        limit: MOST,
        text: asked.trim(),
        subscribable,
        state: onSale === true ? 'on-sale' : null,
      },
    }),
    enabled: asked.trim() !== '',
    placeholderData: keepPreviousData,
  })
  const settled = asked === text && !query.isFetching && (query.isSuccess || query.isError)
  const items = codeFirst((wanted && query.data?.items) || [], text)
  const status = () => {
    if (query.isError) return t('find.failed')
    if (!settled && items.length === 0) return t('find.searching')
    if (items.length > 0) return t('find.found', { count: items.length })
    return t(subscribable ? 'find.noneOfSubscription' : 'find.none')
  }
  return (
    <SearchBox
      label={label}
      value={text}
      onType={setText}
      items={items}
      keyOf={(product) => product.id}
      render={(product) => (
        <span className={styles.found}>
          <span>{product.code}</span>
          <span className={styles.name} title={product.name}>
            {product.name}
          </span>
          <b>{formatYen(product.price)}</b>
        </span>
      )}
      onPick={(product) => {
        setText('')
        onPick(product)
      }}
      listLabel={t('find.results')}
      settled={settled}
      open={wanted}
      enterTakes="first"
      status={status()}
      path={path}
      error={error}
      rightSection={wanted && !settled ? <Loader size={16} aria-hidden /> : undefined}
    />
  )
}
