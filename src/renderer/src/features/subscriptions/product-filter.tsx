import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { useDebounced } from '../../ui/use-debounced'

interface ProductFilterProps {
  readonly productId: string | null
  readonly onChange: (productId: string | null) => void
}

/** One product, found by code, name or kana. */
export function ProductFilter({ productId, onChange }: ProductFilterProps) {
  const { t } = useTranslation('subscriptionDesk')
  const [text, setText] = useState('')
  const asked = useDebounced(text.trim())
  const chosen = useQuery({
    ...api.products.get.queryOptions({ input: { id: productId ?? '' } }),
    enabled: productId !== null,
  })
  const found = useQuery({
    ...api.products.search.queryOptions({ input: { text: asked } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  const known = new Map((found.data ?? []).map(({ id, code, name }) => [id, `${code} ${name}`]))
  if (productId !== null && chosen.data) {
    known.set(productId, `${chosen.data.code} ${chosen.data.name}`)
  }
  return (
    <Select
      label={t('list.product')}
      w={270}
      searchable
      clearable
      placeholder={t('list.productHint')}
      nothingFoundMessage={asked === '' ? t('list.productType') : t('list.productNone')}
      data={[...known].map(([value, label]) => ({ value, label }))}
      filter={({ options }) => options}
      onSearchChange={setText}
      value={productId}
      onChange={onChange}
    />
  )
}
