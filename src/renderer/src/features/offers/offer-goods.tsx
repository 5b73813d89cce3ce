import { ActionIcon, Checkbox, Select, Switch, Text, Title } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { formatYen } from '../../lib/format'
import { useDebounced } from '../../ui/use-debounced'
import { WholeField } from '../../ui/whole-field'
import styles from './offers.module.css'
import type { Advertised, OfferDraft, useOfferForm } from './use-offer-form'

interface OfferGoodsProps {
  readonly form: ReturnType<typeof useOfferForm>
  readonly writable: boolean
}

/** What an advertisement showed: products with their advertised price, or the whole range. */
export function OfferGoods({ form, writable }: OfferGoodsProps) {
  const { t } = useTranslation('offers')
  const { values, faults, change } = form
  const { products } = values
  const set = (productId: string, part: Partial<Advertised>) =>
    change({ products: products.map((one) => (one.productId === productId ? { ...one, ...part } : one)) })
  return (
    <section className="card" aria-labelledby="offer-goods">
      <Title order={2} id="offer-goods" mb="xs">
        {t('detail.goods')}
      </Title>
      <Switch
        label={t('detail.wholeRange')}
        description={t('detail.wholeRangeNote')}
        disabled={!writable}
        checked={values.wholeRange}
        onChange={(event) => change({ wholeRange: event.currentTarget.checked })}
      />
      {products.length > 0 && (
        <table className={styles.goods} aria-label={t('detail.goods')}>
          <thead>
            <tr>
              <th scope="col">{t('detail.goods')}</th>
              <th scope="col">{t('detail.price')}</th>
              <th scope="col">{t('detail.subscription')}</th>
              <th scope="col">
                <span className="visuallyHidden">{t('detail.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {products.map((one) => (
              <tr key={one.productId}>
                <td>
                  {one.code} {one.name}
                  {!one.active && t('detail.ended')}
                </td>
                <td>
                  <WholeField
                    hiddenLabel
                    label={`${one.name} ${t('detail.price')}`}
                    width={140}
                    placeholder={t('detail.pricePlaceholder', { price: formatYen(one.usualPrice) })}
                    readOnly={!writable}
                    value={one.price}
                    onChange={(price) => set(one.productId, { price })}
                  />
                </td>
                <td>
                  <Checkbox
                    size="md"
                    aria-label={`${one.name} ${t('detail.subscription')}`}
                    disabled={!writable}
                    checked={one.subscription}
                    onChange={(event) => set(one.productId, { subscription: event.currentTarget.checked })}
                  />
                </td>
                <td>
                  <ActionIcon
                    variant="default"
                    aria-label={t('detail.remove', { name: one.name })}
                    disabled={!writable}
                    onClick={() =>
                      change({ products: products.filter(({ productId }) => productId !== one.productId) })
                    }
                  >
                    <IconTrash size={15} aria-hidden="true" />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {faults.get('products') !== undefined && (
        <Text size="sm" c="var(--bad)" role="alert" mt={8}>
          {faults.get('products')}
        </Text>
      )}
      {writable && (
        <AddProduct products={products} onAdd={(one) => change({ products: [...products, one] })} />
      )}
    </section>
  )
}

interface AddProductProps {
  readonly products: OfferDraft['products']
  readonly onAdd: (product: Advertised) => void
}

function AddProduct({ products, onAdd }: AddProductProps) {
  const { t } = useTranslation('offers')
  const [text, setText] = useState('')
  const asked = useDebounced(text.trim())
  const found = useQuery(
    api.products.list.queryOptions({
      input: { text: asked, limit: 20 },
      placeholderData: keepPreviousData,
    }),
  )
  const rows = (found.data?.items ?? []).filter(({ id }) => !products.some((one) => one.productId === id))
  return (
    <Select
      mt="sm"
      label={t('detail.addProduct')}
      placeholder={t('detail.productHint')}
      searchable
      nothingFoundMessage={t('detail.noProduct')}
      data={rows.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
      // Main has found them by code, name and kana; their label need not hold what was typed.
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      value={null}
      onChange={(id) => {
        const row = rows.find((one) => one.id === id)
        if (!row) return
        const { code, name, active } = row
        onAdd({
          productId: row.id,
          code,
          name,
          usualPrice: row.price,
          active,
          price: null,
          subscription: false,
        })
        setText('')
      }}
    />
  )
}
