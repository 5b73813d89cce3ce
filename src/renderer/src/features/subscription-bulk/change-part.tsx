import { ActionIcon, Alert, Group, Radio, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ProductSearch } from '../../ui/product-search'
import { WholeField } from '../../ui/whole-field'
import { MOST_PRICES, type DraftPrice } from './bulk-draft'
import { draftProductOf, PriceOf, ProductChoice } from './product-box'
import styles from './subscription-bulk.module.css'
import type { BulkForm } from './use-bulk-form'

const KINDS = ['price', 'replace'] as const

function PriceRow({ row, form }: { row: DraftPrice; form: BulkForm }) {
  const { t } = useTranslation('subscriptionBulk')
  const { product, price } = row
  const { prices } = form.draft
  const set = (next: readonly DraftPrice[]) => form.change({ prices: next })
  return (
    <tr>
      <td>
        <span className={styles.code}>{product.code}</span> {product.name}
      </td>
      <td className={styles.num}>
        <PriceOf product={product} />
      </td>
      <td>
        <WholeField
          hiddenLabel
          label={t('form.newPriceOf', { name: product.name })}
          unit={t('form.yen')}
          value={price}
          error={form.faultOf(`prices.${product.id}`)}
          onChange={(next) => set(prices.map((one) => (one === row ? { product, price: next } : one)))}
        />
      </td>
      <td>
        <ActionIcon
          variant="default"
          aria-label={t('form.remove', { name: product.name })}
          onClick={() => set(prices.filter((one) => one !== row))}
        >
          <IconTrash size={15} aria-hidden="true" />
        </ActionIcon>
      </td>
    </tr>
  )
}

/** 価格改定: products with their new price. */
function Prices({ form }: { form: BulkForm }) {
  const { t } = useTranslation('subscriptionBulk')
  const { prices } = form.draft
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('form.priceWords')}
      </Text>
      {prices.length > 0 && (
        <table className={styles.prices} aria-label={t('kind.price')}>
          <colgroup>
            <col />
            <col className={styles.standardColumn} />
            <col className={styles.priceColumn} />
            <col className={styles.actionColumn} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{t('form.product')}</th>
              <th scope="col" className={styles.num}>
                {t('form.standard')}
              </th>
              <th scope="col">{t('form.newPrice')}</th>
              <th scope="col">
                <span className="visuallyHidden">{t('form.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {prices.map((row) => (
              <PriceRow key={row.product.id} row={row} form={form} />
            ))}
          </tbody>
        </table>
      )}
      {prices.length < MOST_PRICES ? (
        <ProductSearch
          label={t('form.addProduct')}
          path="prices"
          subscribable={false}
          error={form.faultOf('prices')}
          onPick={(found) => {
            if (!prices.some(({ product }) => product.id === found.id))
              form.change({ prices: [...prices, { product: draftProductOf(found), price: null }] })
          }}
        />
      ) : (
        <Text size="sm">{t('missing.many')}</Text>
      )}
    </>
  )
}

/** 商品の差し替え: one product in the place of another. */
function Replacement({ form }: { form: BulkForm }) {
  const { t } = useTranslation('subscriptionBulk')
  const { draft, change, faultOf } = form
  return (
    <>
      <ProductChoice
        label={t('form.from')}
        path="from"
        subscribable={false}
        product={draft.from}
        error={faultOf('from')}
        onChange={(from) => change({ from })}
      />
      <ProductChoice
        label={t('form.by')}
        path="by"
        subscribable
        product={draft.by}
        error={faultOf('by')}
        onChange={(by) => change({ by })}
      />
      <WholeField
        label={t('form.perOne')}
        width={120}
        value={draft.perOne}
        error={faultOf('perOne')}
        onChange={(perOne) => change({ perOne })}
      />
      <Group align="end" gap={18}>
        <Radio.Group
          label={t('form.priced')}
          value={draft.priced}
          onChange={(value) => change({ priced: value === 'agreed' ? 'agreed' : 'day' })}
        >
          <Group gap={18} mih={36}>
            <Radio value="day" label={t('form.pricedDay')} />
            <Radio value="agreed" label={t('form.pricedAgreed')} />
          </Group>
        </Radio.Group>
        {draft.priced === 'agreed' && (
          <WholeField
            label={t('form.agreed')}
            width={140}
            unit={t('form.yen')}
            value={draft.agreed}
            error={faultOf('agreed')}
            onChange={(agreed) => change({ agreed })}
          />
        )}
      </Group>
    </>
  )
}

/** 1. What is changed. */
export function ChangePart({ form }: { form: BulkForm }) {
  const { t } = useTranslation('subscriptionBulk')
  const { draft, change, faultOf } = form
  const fault = faultOf('change')
  return (
    <section className="card" aria-labelledby="bulk-change">
      <Title order={2} id="bulk-change" mb="xs">
        {t('form.change')}
      </Title>
      <Stack gap={12}>
        <SegmentedControl
          aria-label={t('form.kindLabel')}
          data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={draft.kind}
          onChange={(value) => change({ kind: value === 'replace' ? 'replace' : 'price' })}
        />
        {draft.kind === 'price' ? <Prices form={form} /> : <Replacement form={form} />}
        {fault !== undefined && (
          <Alert color="red" role="alert" c="var(--mantine-color-text)">
            {fault}
          </Alert>
        )}
      </Stack>
    </section>
  )
}
