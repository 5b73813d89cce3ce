import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeypadSummary } from '../../../../contract/keypad-monitor'
import { formatDateTime } from '../../lib/format'
import { columnsFor, type Columns } from '../../ui/data-table'
import { KeypadBadge, P2peBadge, UpdateBadge } from './chips'

export const KEYPAD_WIDTHS = {
  state: 122,
  serial: 116,
  cable: 52,
  p2pe: 164,
  seat: 92,
  firmware: 96,
  update: 118,
  'last-seen': 136,
}

/** Columns of テンキー一覧. With `onRegister`, an 未登録 keypad offers its registration where its shop will stand. */
export function useKeypadColumns(onRegister: ((row: KeypadSummary) => void) | null): Columns<KeypadSummary> {
  const { t } = useTranslation('keypadMonitor')
  return useMemo(() => {
    const column = columnsFor<KeypadSummary>()
    const register = (row: KeypadSummary, act: (row: KeypadSummary) => void) => (
      <Button
        size="compact-xs"
        h={24}
        px={10}
        onClick={(event) => {
          event.stopPropagation()
          act(row)
        }}
        aria-label={t('registerRowOf', { serial: row.serial ?? t('unknown') })}
      >
        {t('registerRow')}
      </Button>
    )
    return column.columns([
      column.accessor('state', {
        id: 'state',
        header: t('columns.state'),
        cell: ({ row: { original } }) => <KeypadBadge state={original.state} />,
      }),
      column.accessor((row) => row.serial ?? t('unknown'), { id: 'serial', header: t('columns.serial') }),
      column.accessor((row) => row.model ?? t('unknown'), { id: 'model', header: t('columns.model') }),
      column.accessor((row) => t(`cable.${row.cable}`), { id: 'cable', header: t('columns.cable') }),
      column.accessor('p2pe', {
        id: 'p2pe',
        header: t('columns.p2pe'),
        cell: ({ row: { original } }) => <P2peBadge state={original.p2pe} />,
      }),
      column.accessor((row) => row.shop?.name ?? '', {
        id: 'shop',
        header: t('columns.shop'),
        cell: ({ row: { original } }) =>
          original.state === 'unregistered' && onRegister !== null
            ? register(original, onRegister)
            : (original.shop?.name ?? t('unset')),
      }),
      column.accessor((row) => row.seat ?? '', { id: 'seat', header: t('columns.seat') }),
      column.accessor((row) => row.firmware ?? t('unknown'), {
        id: 'firmware',
        header: t('columns.firmware'),
      }),
      column.accessor((row) => row.update?.state ?? '', {
        id: 'update',
        header: t('columns.update'),
        cell: ({ row: { original } }) =>
          original.update === null ? null : (
            <span
              title={original.update.nextAt === null ? undefined : formatDateTime(original.update.nextAt)}
            >
              <UpdateBadge state={original.update.state} />
            </span>
          ),
      }),
      column.accessor((row) => formatDateTime(row.lastSeenAt), {
        id: 'last-seen',
        header: t('columns.lastSeen'),
      }),
    ])
  }, [t, onRegister])
}
