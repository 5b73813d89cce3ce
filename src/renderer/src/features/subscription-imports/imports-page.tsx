import { Button, Text, Title } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type {
  ChosenSubscriptionFile,
  SubscriptionImportSummary,
} from '../../../../contract/subscription-imports'
import { api, client } from '../../lib/client'
import { BackLink } from '../../ui/back-link'
import { DataTable } from '../../ui/data-table'
import { ListFoot } from '../../ui/list-foot'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { usePaged } from '../../ui/use-paged'
import styles from '../customer-imports/customer-imports.module.css'
import { IMPORT_WIDTHS, useImportColumns } from './import-columns'
import { ImportWizard } from './import-wizard'

const PAGE = 100

/** 定期の取込: the imports so far, and the way to a new one. */
export function SubscriptionImportsPage() {
  const { t } = useTranslation('subscriptionImports')
  const [chosen, setChosen] = useState<ChosenSubscriptionFile | null>(null)
  const choosing = useMutation({
    mutationFn: () => client.subscriptionImports.choose(),
    onSuccess: (file) => file && setChosen(file),
  })
  return (
    <div className={chosen ? `pageBody ${styles.wizard}` : 'listPage'}>
      <BackLink list="/subscriptions">{t('back')}</BackLink>
      <div className={pageHead.head}>
        <Title order={1}>{t('title')}</Title>
        <div className={pageHead.rest} />
        <Button
          variant={chosen ? 'default' : 'filled'}
          leftSection={<IconUpload size={16} aria-hidden="true" />}
          loading={choosing.isPending}
          onClick={() => choosing.mutate()}
        >
          {t(chosen ? 'chooseAgain' : 'choose')}
        </Button>
      </div>
      {choosing.isError && <ErrorPanel error={choosing.error} />}
      {chosen ? <ImportWizard key={chosen.fileId} first={chosen} /> : <History />}
    </div>
  )
}

function History() {
  const { t } = useTranslation('subscriptionImports')
  const [, go] = useLocation()
  const columns = useImportColumns()
  const list = useInfiniteQuery(
    api.subscriptionImports.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, total, onNearEnd, foot } = usePaged(list)
  return (
    <>
      <Text size="sm" maw={880}>
        {t('intro')}
      </Text>
      {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      <DataTable<SubscriptionImportSummary>
        view=""
        label={t('history')}
        list="/subscriptions/import"
        rows={rows}
        columns={columns}
        widths={IMPORT_WIDTHS}
        numeric={['good', 'written', 'noCard', 'broken']}
        titled={['fileName']}
        rowId={(row) => row.id}
        onOpen={(row) => go(`/subscriptions/import/${row.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={<Text>{t('none')}</Text>}
        foot={<ListFoot {...foot} />}
      />
    </>
  )
}
