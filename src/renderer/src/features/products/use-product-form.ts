import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Product, ProductFields } from '../../../../contract/products'
import { api, client } from '../../lib/client'
import { useVersionedForm, type Kept } from '../../ui/use-versioned-form'

/** A product as it is typed: a price may be missing. */
export type ProductDraft = Omit<ProductFields, 'price'> & { price: number | null }

/** A product that is kept, or a new one. */
export interface StoredProduct extends Kept<ProductDraft> {
  readonly id: string | null
}

/** The fields of a product as the form shows them. */
export function storedOf(product: Product): StoredProduct & { id: string } {
  const { id, version, ratePercent: _rate, state: _state, updatedAt: _updatedAt, ...values } = product
  return { id, version, values }
}

/** The form of a product; a new one gets its own address once it is kept. */
export function useProductForm(stored: StoredProduct) {
  const { t } = useTranslation('products')
  const queries = useQueryClient()
  const [, go] = useLocation()
  const keep = async (values: ProductDraft, base: Kept<ProductDraft>): Promise<Product> => {
    const fields = { ...values, price: values.price ?? 0 }
    const { id } = stored
    if (id === null || base.version === null) return client.products.add({ fields })
    return client.products.save({ id, version: base.version, seenStock: base.values.stock, fields })
  }
  const form = useVersionedForm<ProductDraft>({
    stored,
    save: async (values, base) => {
      const product = await keep(values, base)
      queries.setQueryData(api.products.get.queryKey({ input: { id: product.id } }), product)
      if (stored.id === null) go(`/products/${product.id}`, { replace: true })
      return storedOf(product)
    },
    latest: async () => storedOf(await client.products.get({ id: stored.id ?? '' })),
    onSaved: () => void queries.invalidateQueries({ queryKey: api.products.list.key() }),
    said: t('detail.saved'),
  })
  return {
    ...form,
    save: () => {
      if (form.values.price === null) form.refuse(new Map([['price', t('detail.required')]]))
      else form.save()
    },
  }
}
