import { Text } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { formatCount, formatDateTime } from '../../lib/format'
import { columnsFor, DataTable } from '../data-table'
import { ListFoot } from '../list-foot'
import { ErrorPanel } from '../states'
import { usePaged, type PagedQuery } from '../use-paged'
import { ImportStateChip, type CsvImportState } from './state-chip'

/** One import as its list shows it. */
interface ListedImport {
  readonly id: string
  readonly state: CsvImportState
  readonly fileName: string
  readonly createdAt: number
  readonly startedBy: string
  readonly counts: Readonly<Record<string, number>>
}

interface ImportHistoryProps {
  /** Address of the list. */
  readonly path: string
  readonly list: PagedQuery<ListedImport> & {
    readonly isError: boolean
    readonly error: Error | null
    readonly refetch: () => unknown
  }
  /** Which counts have a column, with its head; the same array each time. */
  readonly counts: readonly { readonly key: string; readonly words: string }[]
}

const WIDTHS = { state: 110, createdAt: 150, startedBy: 140 }
const COUNT_WIDTH = 110

const column = columnsFor<ListedImport>()

function useColumns(counts: ImportHistoryProps['counts']) {
  const { t } = useTranslation('csvImports')
  return useMemo(
    () =>
      column.columns([
        column.accessor('state', {
          header: t('columns.state'),
          cell: ({ row }) => <ImportStateChip state={row.original.state} />,
        }),
        column.accessor('fileName', { header: t('columns.fileName') }),
        ...counts.map(({ key, words }) =>
          column.accessor((row) => formatCount(row.counts[key] ?? 0), { id: key, header: words }),
        ),
        column.accessor((row) => formatDateTime(row.createdAt), {
          id: 'createdAt',
          header: t('columns.createdAt'),
        }),
        column.accessor('startedBy', { header: t('columns.startedBy') }),
      ]),
    [t, counts],
  )
}

/** The imports so far, the newest first. */
export function ImportHistory({ path, list, counts }: ImportHistoryProps) {
  const { t } = useTranslation('csvImports')
  const [, go] = useLocation()
  const columns = useColumns(counts)
  const { rows, total, onNearEnd, foot } = usePaged(list)
  const keys = counts.map(({ key }) => key)
  return (
    <>
      {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      <DataTable<ListedImport>
        view=""
        label={t('history')}
        list={path}
        rows={rows}
        columns={columns}
        widths={{ ...WIDTHS, ...Object.fromEntries(keys.map((key) => [key, COUNT_WIDTH])) }}
        numeric={keys}
        titled={['fileName']}
        rowId={(row) => row.id}
        onOpen={(row) => go(`${path}/${row.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={<Text>{t('none')}</Text>}
        foot={<ListFoot {...foot} />}
      />
    </>
  )
}
