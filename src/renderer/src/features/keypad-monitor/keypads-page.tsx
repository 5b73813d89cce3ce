import { Button, Text, Title } from '@mantine/core'
import { IconClipboardCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { KeypadSummary } from '../../../../contract/keypad-monitor'
import { api } from '../../lib/client'
import { DataTable } from '../../ui/data-table'
import { ListFoot } from '../../ui/list-foot'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'
import { ExportButton } from './export-button'
import { KEYPAD_WIDTHS, useKeypadColumns } from './keypad-columns'
import { KeypadFilters } from './keypad-filters'
import { RegisterDialog } from './register-dialog'
import { SORTS, useKeypadFilter } from './use-keypad-filter'
import { useKeypadList } from './use-keypad-list'

/** What to do when there is no keypad yet. */
function NoKeypad({ registers }: { registers: boolean }) {
  const { t } = useTranslation('keypadMonitor')
  const [, go] = useLocation()
  return (
    <>
      <Text fw={600}>{t('none')}</Text>
      <Text mt={4}>{t(registers ? 'noneAdmin' : 'noneStaff')}</Text>
      {registers && (
        <Button mt="sm" variant="default" onClick={() => go('/settings')}>
          {t('toSettings')}
        </Button>
      )}
    </>
  )
}

function NothingMatches({ onReset }: { onReset: () => void }) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <>
      <Text>{t('empty')}</Text>
      <Button mt="sm" variant="default" onClick={onReset}>
        {t('reset')}
      </Button>
    </>
  )
}

/** テンキー一覧: every keypad that the person may see, with filters in the address. Follows the devices by itself. */
export function KeypadsPage() {
  const { t } = useTranslation('keypadMonitor')
  const [, go] = useLocation()
  const [registering, setRegistering] = useState<KeypadSummary | null>(null)
  const session = useQuery(api.auth.session.queryOptions())
  const inspects = session.data?.permissions.includes('keypad.inspect') ?? false
  const registers = session.data?.permissions.includes('keypad.manage') ?? false
  const view = useKeypadFilter()
  const { sort, descending, isFiltered, reset, sortBy } = view
  const text = useDebounced(view.filter.text)
  const filter = { ...view.filter, text }
  const columns = useKeypadColumns(registers ? setRegistering : null)
  const { list, rows, count, total, onNearEnd, foot } = useKeypadList({ filter, sort, descending }, registers)
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <Title order={1}>{t('title')}</Title>
        <div className={pageHead.rest} />
        {inspects && (
          <Button
            component={Link}
            href="/inspections"
            variant="default"
            leftSection={<IconClipboardCheck size={17} stroke={1.6} />}
          >
            {t('inspections')}
          </Button>
        )}
        <ExportButton filter={filter} disabled={rows === undefined || rows.length === 0} />
      </div>
      <KeypadFilters state={view} count={count} />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        view={JSON.stringify(filter)}
        label={t('title')}
        list="/keypads"
        rows={rows}
        columns={columns}
        widths={KEYPAD_WIDTHS}
        titled={['serial', 'model', 'shop', 'seat', 'firmware']}
        sort={{ columns: SORTS, by: sort, descending, onSort: sortBy }}
        rowId={(row) => row.id}
        onOpen={(row) => go(`/keypads/${row.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={isFiltered ? <NothingMatches onReset={reset} /> : <NoKeypad registers={registers} />}
        foot={<ListFoot {...foot} shown={rows?.length ?? 0} />}
      />
      <RegisterDialog id={registering?.id ?? null} onClose={() => setRegistering(null)} />
    </div>
  )
}
