import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { ImportHistory } from '../../ui/csv-import/import-history'
import { CsvImportsPage } from '../../ui/csv-import/imports-page'
import { subscriptionCsv } from './subscription-csv'
import { SubscriptionWizard } from './subscription-wizard'

const PAGE = 100

/** 定期の取込: the imports so far, and the way to a new one. */
export function SubscriptionImportsPage() {
  const { t } = useTranslation('subscriptionImports')
  return (
    <CsvImportsPage
      of={subscriptionCsv}
      title={t('title')}
      intro={t('intro')}
      back={{ list: '/subscriptions', words: t('back') }}
      renderWizard={(file) => <SubscriptionWizard key={file.fileId} first={file} />}
      history={<History />}
    />
  )
}

const COLUMNS = ['good', 'written', 'noCard', 'broken'] as const

function History() {
  const { t } = useTranslation('subscriptionImports')
  const list = useInfiniteQuery(
    api.subscriptionImports.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const counts = useMemo(() => COLUMNS.map((key) => ({ key, words: t(`columns.${key}`) })), [t])
  return <ImportHistory path={subscriptionCsv.path} list={list} counts={counts} />
}
