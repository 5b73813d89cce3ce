import { Loader } from '@mantine/core'
import { useState, type ReactNode, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchBox } from '../checkout/parts/search-box'
import { formatYen } from '../lib/format'
import styles from './product-box.module.css'
import { useDebounced } from './use-debounced'

const PAUSE_MS = 100

/** What is typed to find a product, and what is asked for it: after a pause, or at once for Enter. */
export function useProductText() {
  const [text, type] = useState('')
  const [hurried, hurry] = useState<string | null>(null)
  const paused = useDebounced(text, PAUSE_MS)
  const asked = hurried === text ? text : paused
  return { text, type, hurry, asked: asked.trim(), isAsked: asked === text }
}

/** What every product that is found is shown by. */
interface Found {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly price: number
}

interface ProductBoxProps<Item> {
  readonly label: string
  readonly path: string
  readonly typed: ReturnType<typeof useProductText>
  /** The answer to what is asked. */
  readonly query: { readonly isFetching: boolean; readonly isSuccess: boolean; readonly isError: boolean }
  readonly items: readonly Item[]
  readonly onPick: (product: Item) => void
  /** What is said when nothing is found. */
  readonly none?: string
  /** What else a row says of its product. */
  readonly tags?: (product: Item) => ReactNode
  readonly error?: string | undefined
  readonly inputRef?: Ref<HTMLInputElement>
  readonly onSkip?: () => void
}

/** A field that finds a product by code, name or kana; Enter takes the first or the chosen one. */
export function ProductBox<Item extends Found>({
  typed,
  query,
  none,
  tags,
  onPick,
  ...props
}: ProductBoxProps<Item>) {
  const { t } = useTranslation('products')
  const wanted = typed.text.trim() !== ''
  const settled = typed.isAsked && !query.isFetching && (query.isSuccess || query.isError)
  const items = wanted ? props.items : []
  const status = () => {
    if (query.isError) return t('find.failed')
    if (!settled && items.length === 0) return t('find.searching')
    if (items.length === 0) return none ?? t('find.none')
    return items.length === 1 ? t('find.foundOne') : t('find.found', { count: items.length })
  }
  return (
    <SearchBox
      {...props}
      value={typed.text}
      onType={typed.type}
      onHurry={typed.hurry}
      items={items}
      keyOf={(product) => product.id}
      render={(product) => (
        <span className={styles.found}>
          <span className={styles.code}>{product.code}</span>
          <span className={styles.name} title={product.name}>
            {product.name}
          </span>
          {tags && <span className={styles.tags}>{tags(product)}</span>}
          <b className={styles.money}>{formatYen(product.price)}</b>
        </span>
      )}
      onPick={(product) => {
        typed.type('')
        onPick(product)
      }}
      listLabel={t('find.results')}
      settled={settled}
      open={wanted}
      enterTakes="first"
      status={status()}
      rightSection={wanted && !settled ? <Loader size={16} aria-hidden /> : undefined}
    />
  )
}
