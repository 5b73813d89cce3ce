import { Button, Group, Text, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BlacklistEntry } from '../../../../contract/blacklist'
import { api } from '../../lib/client'
import { formatDateTime } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import { BackLink } from '../../ui/back-link'
import { columnsFor, DataTable, type Columns } from '../../ui/data-table'
import filterBar from '../../ui/filter-bar.module.css'
import { ListFoot } from '../../ui/list-foot'
import pageHead from '../../ui/page-head.module.css'
import { Count, ErrorPanel } from '../../ui/states'
import { StatusChip } from '../../ui/status-chip'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'
import { EntryDialog } from './entry-dialog'
import { RulesButton } from './rules-dialog'

const PAGE = 100
const WIDTHS = { standing: 84, reason: 320, updated: 190, remove: 84 }

/** Removes an entry, with a way back. */
function useRemoval() {
  const { t } = useTranslation('blacklist')
  const queries = useQueryClient()
  const removal = useMutation(
    api.blacklist.remove.mutationOptions({
      onSuccess: (_nothing, { id, removed }) => {
        void queries.invalidateQueries({ queryKey: api.blacklist.list.key() })
        if (!removed) return
        notifications.show({
          id: `blacklist-${id}`,
          autoClose: 15_000,
          message: (
            <Group gap="sm">
              {t('removed')}
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  notifications.hide(`blacklist-${id}`)
                  removal.mutate({ id, removed: false })
                }}
              >
                {t('undo')}
              </Button>
            </Group>
          ),
        })
      },
      onError: tellError,
    }),
  )
  return (id: string) => removal.mutate({ id, removed: true })
}

function useColumns(onRemove: (id: string) => void): Columns<BlacklistEntry> {
  const { t } = useTranslation('blacklist')
  return useMemo(() => {
    const column = columnsFor<BlacklistEntry>()
    const conditions = (row: BlacklistEntry) =>
      [row.name, row.kana, row.phone, row.email, row.postalCode, row.address].filter(Boolean).join(' / ')
    return column.columns([
      column.accessor('standing', {
        id: 'standing',
        header: t('columns.standing'),
        cell: ({ row: { original } }) => (
          <StatusChip tone={original.standing === 'listed' ? 'bad' : 'wait'}>
            {t(`standing.${original.standing}`)}
          </StatusChip>
        ),
      }),
      column.accessor(conditions, { id: 'conditions', header: t('columns.conditions') }),
      column.accessor('reason', { id: 'reason', header: t('columns.reason') }),
      column.accessor((row) => t('by', { name: row.updatedBy, time: formatDateTime(row.updatedAt) }), {
        id: 'updated',
        header: t('columns.updated'),
      }),
      column.accessor('id', {
        id: 'remove',
        header: t('columns.action'),
        cell: ({ row: { original } }) => (
          <Button
            size="compact-sm"
            variant="default"
            onClick={(event) => {
              event.stopPropagation()
              onRemove(original.id)
            }}
          >
            {t('remove')}
          </Button>
        ),
      }),
    ])
  }, [t, onRemove])
}

/** 顧客一覧 > ブラックリスト: the conditions by which orders are held. */
export function BlacklistPage() {
  const { t } = useTranslation('blacklist')
  const [typed, setTyped] = useState('')
  const [opened, setOpened] = useState<BlacklistEntry | 'new' | null>(null)
  const text = useDebounced(typed)
  const session = useQuery(api.auth.session.queryOptions())
  const mayRule = session.data?.permissions.includes('settings.write') ?? false
  const list = useInfiniteQuery(
    api.blacklist.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, text }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, count, total, onNearEnd, foot } = usePaged(list)
  const columns = useColumns(useRemoval())
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <BackLink list="/customers">{t('back')}</BackLink>
        <Title order={1}>{t('title')}</Title>
        <div className={pageHead.rest} />
        {mayRule && <RulesButton />}
        <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setOpened('new')}>
          {t('add')}
        </Button>
      </div>
      <Text size="sm">{t('intro')}</Text>
      <search className={filterBar.bar}>
        <TextInput
          label={t('search')}
          className={filterBar.grow ?? ''}
          maxLength={80}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Count count={count} />
      </search>
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable<BlacklistEntry>
        view={text}
        label={t('title')}
        list="/customers/blacklist"
        rows={rows}
        columns={columns}
        widths={WIDTHS}
        titled={['conditions', 'reason']}
        rowId={(row) => row.id}
        onOpen={setOpened}
        onNearEnd={onNearEnd}
        total={total}
        empty={<Text>{t(text === '' ? 'none' : 'empty')}</Text>}
        foot={<ListFoot {...foot} />}
      />
      {opened !== null && (
        <EntryDialog entry={opened === 'new' ? null : opened} onClose={() => setOpened(null)} />
      )}
    </div>
  )
}
