import { Badge, Loader } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProductSummary } from '../../../../../contract/products'
import { api } from '../../../lib/client'
import { formatYen } from '../../../lib/format'
import { useFault } from '../../draft/draft-context'
import { useFocusPlan } from '../../parts/focus-plan'
import { SearchBox } from '../../parts/search-box'
import styles from './lines.module.css'

const PAUSE_MS = 100

/** Finds a product by code, name or kana; Enter adds the first or the chosen one. */
export function ProductSearch({ onPick }: { onPick: (product: ProductSummary) => void }) {
  const { t } = useTranslation('checkout')
  const plan = useFocusPlan()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text, PAUSE_MS)
  const wanted = text.trim() !== ''
  const query = useQuery({
    ...api.products.search.queryOptions({ input: { text: asked.trim() } }),
    enabled: asked.trim() !== '',
    placeholderData: keepPreviousData,
  })
  const fault = useFault('lines')
  const settled = asked === text && !query.isFetching && (query.isSuccess || query.isError)
  const items = (wanted && query.data) || []
  const status = () => {
    if (query.isError) return t('lines.failed')
    if (!settled && items.length === 0) return t('lines.searching')
    return items.length === 0 ? t('lines.none') : t('customer.found', { count: items.length })
  }
  return (
    <SearchBox
      inputRef={plan.target('product-search')}
      label={t('lines.search')}
      value={text}
      onType={setText}
      items={items}
      keyOf={(product) => product.id}
      render={(product) => <Found product={product} />}
      onPick={(product) => {
        setText('')
        onPick(product)
      }}
      listLabel={t('lines.results')}
      settled={settled}
      open={wanted}
      enterTakes="first"
      status={status()}
      error={fault}
      path="lines"
      onSkip={() => plan.go('delivery')}
      rightSection={wanted && !settled ? <Loader size={16} aria-hidden /> : undefined}
    />
  )
}

function Found({ product }: { product: ProductSummary }) {
  const { t } = useTranslation('checkout')
  const rate = { rate: product.ratePercent }
  return (
    <span className={styles.found}>
      <span className={styles.code}>{product.code}</span>
      <span className={styles.foundName}>{product.name}</span>
      <span className={styles.tags}>
        {product.temperature !== 'normal' && (
          <Badge size="sm" variant="default" tt="none">
            {t(`lines.temperature.${product.temperature}`)}
          </Badge>
        )}
        {t(product.taxClass === 'reduced' ? 'lines.reduced' : 'lines.standard', rate)}
      </span>
      <b className={styles.money}>{formatYen(product.price)}</b>
    </span>
  )
}
