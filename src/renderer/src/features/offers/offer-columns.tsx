import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LegalMode, OfferState, OfferSummary } from '../../../../contract/offers'
import { columnsFor, type Columns } from '../../ui/data-table'
import { StatusChip, type Tone } from '../../ui/status-chip'

export const OFFER_WIDTHS = { code: 128, medium: 200, legal: 150, products: 120, period: 210, state: 112 }

const TONES: Readonly<Record<OfferState, Tone>> = {
  running: 'good',
  before: 'wait',
  ended: 'quiet',
  stopped: 'quiet',
}

/** Whether an offer runs, in words. */
export function OfferStateChip({ state }: { state: OfferState }) {
  const { t } = useTranslation('offers')
  return <StatusChip tone={TONES[state]}>{t(`states.${state}`)}</StatusChip>
}

/** What an order of an offer is by law, in words. */
export function LegalChip({ mode }: { mode: LegalMode }) {
  const { t } = useTranslation('offers')
  return <StatusChip tone={mode === 'telemarketing' ? 'wait' : 'quiet'}>{t(`legal.${mode}`)}</StatusChip>
}

const day = (date: string | null): string => date?.replaceAll('-', '/') ?? ''

/** The columns of 広告・オファー. */
export function useOfferColumns(): Columns<OfferSummary> {
  const { t } = useTranslation('offers')
  return useMemo(() => {
    const column = columnsFor<OfferSummary>()
    const period = (row: OfferSummary) => t('period', { from: day(row.validFrom), to: day(row.validTo) })
    const goods = (row: OfferSummary) =>
      row.wholeRange ? t('wholeRange') : t('productCount', { count: row.productCount })
    return column.columns([
      column.accessor('code', { id: 'code', header: t('columns.code') }),
      column.accessor('name', { id: 'name', header: t('columns.name') }),
      column.accessor((row) => `${row.medium.name}(${t(`kinds.${row.medium.kind}`)})`, {
        id: 'medium',
        header: t('columns.medium'),
      }),
      column.accessor((row) => (row.statutory ? row.legalMode : 'telemarketing'), {
        id: 'legal',
        header: t('columns.legal'),
        cell: (cell) => <LegalChip mode={cell.getValue()} />,
      }),
      column.accessor(goods, { id: 'products', header: t('columns.products') }),
      column.accessor(period, { id: 'period', header: t('columns.period') }),
      column.accessor('state', {
        id: 'state',
        header: t('columns.state'),
        cell: ({ row }) => <OfferStateChip state={row.original.state} />,
      }),
    ])
  }, [t])
}
