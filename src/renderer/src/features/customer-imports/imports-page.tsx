import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { ImportHistory } from '../../ui/csv-import/import-history'
import { CsvImportsPage } from '../../ui/csv-import/imports-page'
import { customerCsv } from './customer-csv'
import { CustomerWizard } from './customer-wizard'

const PAGE = 100

/** 顧客の取込: the imports so far, and the way to a new one. */
export function ImportsPage() {
  const { t } = useTranslation('customerImports')
  return (
    <CsvImportsPage
      of={customerCsv}
      title={t('title')}
      intro={t('intro')}
      back={{ list: '/customers', words: t('back') }}
      renderWizard={(file) => <CustomerWizard key={file.fileId} first={file} />}
      history={<History />}
    />
  )
}

const COLUMNS = ['added', 'updated', 'skipped', 'broken'] as const

function History() {
  const { t } = useTranslation('customerImports')
  const list = useInfiniteQuery(
    api.customerImports.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const counts = useMemo(() => COLUMNS.map((key) => ({ key, words: t(`columns.${key}`) })), [t])
  return <ImportHistory path={customerCsv.path} list={list} counts={counts} />
}
