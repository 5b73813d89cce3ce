import { Skeleton, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useBackKey } from '../../ui/use-back-key'
import { SaleStateChip } from './product-columns'
import { ProductForm } from './product-form'
import { storedOf, type StoredProduct } from './use-product-form'

/** A product of 商品マスター. */
export function ProductPage({ id }: { id: string }) {
  const { t } = useTranslation('products')
  useBackKey('/products')
  const product = useQuery(api.products.get.queryOptions({ input: { id } }))
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('product.write') ?? false
  const { data } = product
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <BackLink list="/products">{t('detail.back')}</BackLink>
        <Title order={1}>{data ? data.name : t('detail.opening')}</Title>
        {data && <SaleStateChip state={data.state} />}
        <div className={pageHead.rest} />
      </div>
      {product.isError && <ErrorPanel error={product.error} onRetry={() => void product.refetch()} />}
      {product.isPending && <Skeleton height={480} aria-hidden="true" />}
      {data && <ProductForm stored={storedOf(data)} ratePercent={data.ratePercent} writable={writable} />}
    </Stack>
  )
}

const EMPTY: Omit<StoredProduct['values'], 'priceKind'> = {
  code: '',
  name: '',
  kana: '',
  price: null,
  taxClass: 'standard',
  temperature: 'normal',
  subscribable: false,
  bundleable: true,
  stock: null,
  saleFrom: null,
  saleTo: null,
  active: true,
}

/** A product that is not there yet; its price is of the kind that the shop uses. */
export function NewProductPage() {
  const { t } = useTranslation('products')
  useBackKey('/products')
  const shop = useQuery(api.charges.get.queryOptions())
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <BackLink list="/products">{t('detail.back')}</BackLink>
        <Title order={1}>{t('detail.new')}</Title>
        <div className={pageHead.rest} />
      </div>
      {shop.isError && <ErrorPanel error={shop.error} onRetry={() => void shop.refetch()} />}
      {shop.data && (
        <ProductForm
          stored={{ id: null, version: null, values: { ...EMPTY, priceKind: shop.data.values.priceKind } }}
          ratePercent={null}
          writable
        />
      )}
    </Stack>
  )
}
