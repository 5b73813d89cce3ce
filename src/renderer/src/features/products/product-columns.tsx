import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Product, SaleState } from '../../../../contract/products'
import { formatCount, formatDate, formatYen } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { StatusChip, type Tone } from '../../ui/status-chip'

export const PRODUCT_WIDTHS = {
  code: 112,
  kana: 176,
  price: 116,
  rate: 84,
  temperature: 68,
  subscribable: 54,
  stock: 72,
  period: 128,
  state: 116,
  updated: 100,
}

const TONES: Readonly<Record<SaleState, Tone>> = {
  'on-sale': 'good',
  before: 'wait',
  ended: 'quiet',
  stopped: 'quiet',
}

const shortDay = (date: string | null): string => (date === null ? '' : date.slice(2).replaceAll('-', '/'))

/** A sale state in words. */
export function SaleStateChip({ state }: { state: SaleState }) {
  const { t } = useTranslation('products')
  return <StatusChip tone={TONES[state]}>{t(`states.${state}`)}</StatusChip>
}

/** The columns of 商品マスター; their ids are what main sorts by. */
export function useProductColumns(): Columns<Product> {
  const { t } = useTranslation('products')
  return useMemo(() => {
    const column = columnsFor<Product>()
    const price = (row: Product) =>
      row.priceKind === 'net' ? `${formatYen(row.price)} ${t('priceKinds.net')}` : formatYen(row.price)
    const period = ({ saleFrom, saleTo }: Product) =>
      saleFrom === null && saleTo === null
        ? ''
        : t('period', { from: shortDay(saleFrom), to: shortDay(saleTo) })
    return column.columns([
      column.accessor('code', { id: 'code', header: t('columns.code') }),
      column.accessor('name', { id: 'name', header: t('columns.name') }),
      column.accessor('kana', { id: 'kana', header: t('columns.kana') }),
      column.accessor(price, { id: 'price', header: t('columns.price') }),
      column.accessor((row) => t('rate', { rate: row.ratePercent, word: t(`taxClasses.${row.taxClass}`) }), {
        id: 'rate',
        header: t('columns.rate'),
      }),
      column.accessor((row) => t(`temperatures.${row.temperature}`), {
        id: 'temperature',
        header: t('columns.temperature'),
      }),
      column.accessor((row) => (row.subscribable ? t('yes') : ''), {
        id: 'subscribable',
        header: t('columns.subscribable'),
      }),
      column.accessor((row) => (row.stock === null ? t('notCounted') : formatCount(row.stock)), {
        id: 'stock',
        header: t('columns.stock'),
      }),
      column.accessor(period, { id: 'period', header: t('columns.period') }),
      column.accessor('state', {
        id: 'state',
        header: t('columns.state'),
        cell: ({ row }) => <SaleStateChip state={row.original.state} />,
      }),
      column.accessor((row) => formatDate(row.updatedAt), { id: 'updated', header: t('columns.updated') }),
    ])
  }, [t])
}
