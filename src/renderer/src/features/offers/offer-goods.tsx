import { ActionIcon, Box, Checkbox, Switch, Title } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Product } from '../../../../contract/products'
import { formatYen } from '../../lib/format'
import { ProductSearch } from '../../ui/product-search'
import { WholeField } from '../../ui/whole-field'
import styles from './offers.module.css'
import type { Advertised, useOfferForm } from './use-offer-form'

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
      {writable && (
        <Box mt="sm">
          <ProductSearch
            label={t('detail.addProduct')}
            path="products"
            subscribable={false}
            except={products.map(({ productId }) => productId)}
            error={faults.get('products')}
            onPick={(found) => change({ products: [...products, advertised(found)] })}
          />
        </Box>
      )}
    </section>
  )
}

/** As an offer takes a product up: at its usual price, until another one is typed. */
const advertised = ({ id, code, name, price, active }: Product): Advertised => ({
  productId: id,
  code,
  name,
  usualPrice: price,
  active,
  price: null,
  subscription: false,
})
