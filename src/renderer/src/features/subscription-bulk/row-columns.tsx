import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkLetter, BulkList, BulkRow } from '../../../../contract/subscription-bulk'
import { formatPhone } from '../../../../contract/text'
import { formatDayOfYear, formatYen } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { StatusChip } from '../../ui/status-chip'

export const ROW_WIDTHS = {
  number: 82,
  customer: 104,
  from: 156,
  oldTotal: 84,
  newTotal: 84,
  notes: 92,
}
export const LETTER_WIDTHS = { number: 82, name: 104, from: 156, newTotal: 84 }
export const ROW_NUMBERS = ['oldTotal', 'newTotal']
export const ROW_TITLED = ['customer', 'before', 'after', 'reason', 'name', 'address', 'contact']

const yenOf = (amount: number | null): string => (amount === null ? '' : formatYen(amount))

/** The first turn that changes, and its day. */
export function useTurnWords() {
  const { t } = useTranslation('subscriptionBulk')
  return useMemo(
    () =>
      ({ turn, deliverOn }: Pick<BulkRow, 'turn' | 'deliverOn'>): string => {
        if (turn === 0) return ''
        return deliverOn === null
          ? t('rows.turn', { turn })
          : t('rows.turnOn', { turn, date: formatDayOfYear(deliverOn) })
      },
    [t],
  )
}

/** Where a reason is what is to be known, and not what changes. */
export const hasReason = (state: BulkList): boolean =>
  state === 'blocked' || state === 'skipped' || state === 'kept' || state === 'own'

/** Columns of contracts in one state. */
export function useRowColumns(state: BulkList): Columns<BulkRow> {
  const { t } = useTranslation('subscriptionBulk')
  const turnWords = useTurnWords()
  return useMemo(() => {
    const column = columnsFor<BulkRow>()
    const first = [
      column.accessor('number', { header: t('rows.number') }),
      column.accessor('customer', { header: t('rows.customer') }),
      column.accessor('before', { header: t('rows.before') }),
    ]
    const after = column.accessor('after', { header: t('rows.after') })
    if (hasReason(state))
      return column.columns([
        ...first,
        ...(state === 'blocked' || state === 'own' ? [] : [after]),
        state === 'own'
          ? column.accessor((row) => [row.reason, ...row.notes].filter(Boolean).join(' '), {
              id: 'reason',
              header: t('rows.own'),
            })
          : column.accessor('reason', { header: t('rows.reason') }),
      ])
    return column.columns([
      ...first,
      after,
      column.accessor(turnWords, { id: 'from', header: t('rows.from') }),
      column.accessor((row) => yenOf(row.oldTotal), { id: 'oldTotal', header: t('rows.oldTotal') }),
      column.accessor((row) => yenOf(row.newTotal), { id: 'newTotal', header: t('rows.newTotal') }),
      column.accessor((row) => row.notes.join(' '), {
        id: 'notes',
        header: t('rows.notes'),
        cell: ({ row }) =>
          row.original.notes.length > 0 && <StatusChip tone="wait">{t('rows.noted')}</StatusChip>,
      }),
    ])
  }, [t, turnWords, state])
}

/** Columns of お知らせ先. */
export function useLetterColumns(): Columns<BulkLetter> {
  const { t } = useTranslation('subscriptionBulk')
  const turnWords = useTurnWords()
  return useMemo(() => {
    const column = columnsFor<BulkLetter>()
    return column.columns([
      column.accessor('number', { header: t('rows.number') }),
      column.accessor('name', { header: t('letters.name') }),
      column.accessor(addressWords, { id: 'address', header: t('letters.address') }),
      column.accessor((row) => [formatPhone(row.phone), row.email].filter(Boolean).join('  '), {
        id: 'contact',
        header: t('letters.contact'),
      }),
      column.accessor('after', { header: t('rows.after') }),
      column.accessor(turnWords, { id: 'from', header: t('rows.from') }),
      column.accessor((row) => yenOf(row.newTotal), { id: 'newTotal', header: t('rows.newTotal') }),
    ])
  }, [t, turnWords])
}

/** 〒 and address in one line. */
export const addressWords = ({ postalCode, address }: Pick<BulkLetter, 'postalCode' | 'address'>): string =>
  [postalCode === '' ? '' : `〒${postalCode.replace(/^(\d{3})(\d{4})$/, '$1-$2')}`, address]
    .filter(Boolean)
    .join(' ')
