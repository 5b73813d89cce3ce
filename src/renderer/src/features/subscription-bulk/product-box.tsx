import { Button, Loader, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchBox } from '../../checkout/parts/search-box'
import { api } from '../../lib/client'
import { formatYen } from '../../lib/format'
import { useDebounced } from '../../ui/use-debounced'
import type { DraftProduct } from './bulk-draft'
import styles from './subscription-bulk.module.css'

const PAUSE_MS = 100
const MOST = 20

interface ProductBoxProps {
  readonly label: string
  readonly path: string
  /** Only what may be sold as 定期; else whatever there is, such as what is not sold any more. */
  readonly subscribable: boolean
  readonly error: string | undefined
  readonly onPick: (product: DraftProduct) => void
}

/** Finds a product by code, name or kana; Enter takes the first or the chosen one. */
export function ProductBox({ label, path, subscribable, error, onPick }: ProductBoxProps) {
  const { t } = useTranslation('subscriptionBulk')
  const [text, setText] = useState('')
  const asked = useDebounced(text, PAUSE_MS)
  const wanted = text.trim() !== ''
  const query = useQuery({
    ...api.products.list.queryOptions({
      input: { cursor: null, limit: MOST, text: asked.trim(), subscribable },
    }),
    enabled: asked.trim() !== '',
    placeholderData: keepPreviousData,
  })
  const settled = asked === text && !query.isFetching && (query.isSuccess || query.isError)
  const items = (wanted && query.data?.items) || []
  const status = () => {
    if (query.isError) return t('form.failed')
    if (!settled && items.length === 0) return t('form.searching')
    return items.length === 0 ? t('form.notFound') : t('form.found', { count: items.length })
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
          <span className={styles.cut} title={product.name}>
            {product.name}
          </span>
          <b>{formatYen(product.price)}</b>
        </span>
      )}
      onPick={({ id, code, name, price, priceKind }) => {
        setText('')
        onPick({ id, code, name, price, priceKind })
      }}
      listLabel={t('form.results')}
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

/** 商品の価格, with or without tax as it is. */
export function PriceOf({ product }: { product: DraftProduct }) {
  const { t } = useTranslation('products')
  return (
    <span>
      {formatYen(product.price)} <small>{t(`priceKinds.${product.priceKind}`)}</small>
    </span>
  )
}

interface ProductChoiceProps extends Omit<ProductBoxProps, 'onPick'> {
  readonly product: DraftProduct | null
  readonly onChange: (product: DraftProduct | null) => void
}

/** One product: found, then shown with the way to another one. */
export function ProductChoice({ product, onChange, ...box }: ProductChoiceProps) {
  const { t } = useTranslation('subscriptionBulk')
  if (product === null) return <ProductBox {...box} onPick={onChange} />
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
