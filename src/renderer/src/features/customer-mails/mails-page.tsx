import { Button, Text, TextInput, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomerMailKind, CustomerMailState } from '../../../../contract/customer-mails'
import { api } from '../../lib/client'
import { ChoiceFilter } from '../../ui/choice-filter'
import { DataTable } from '../../ui/data-table'
import bar from '../../ui/filter-bar.module.css'
import { ListFoot } from '../../ui/list-foot'
import { Count, ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'
import { SubscriptionTabs } from '../subscriptions/subscription-tabs'
import { MAIL_WIDTHS, useMailColumns } from './mail-columns'
import { MailDialog } from './mail-dialog'
import { MailExport } from './mail-export'
import styles from './customer-mails.module.css'
import { MAILS_REFRESH_MS, QueueState } from './queue-state'
import { addressOf, MAILS, useMailFilter } from './use-mail-filter'

const PAGE = 100

interface FiltersProps {
  readonly state: ReturnType<typeof useMailFilter>
  readonly count: { value: number; more: boolean } | undefined
}

function Filters({ state: { filter, change, reset, isFiltered }, count }: FiltersProps) {
  const { t } = useTranslation('customerMails')
  return (
    <search className={bar.bar}>
      <TextInput
        label={t('find')}
        placeholder={t('findHint')}
        w={270}
        maxLength={80}
        autoFocus
        value={filter.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <ChoiceFilter
        label={t('state')}
        width={160}
        choices={CustomerMailState.options.map((value) => ({ value, label: t(`states.${value}`) }))}
        chosen={filter.state}
        onChange={(state) => change({ state })}
      />
      <ChoiceFilter
        label={t('kind')}
        width={220}
        choices={CustomerMailKind.options.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        chosen={filter.kind}
        onChange={(kind) => change({ kind })}
      />
      <Button variant="default" disabled={!isFiltered} onClick={reset}>
        {t('reset')}
      </Button>
      <div className={bar.rest} />
      <Count count={count} />
      <MailExport filter={filter} disabled={count?.value === 0} />
    </search>
  )
}

/** 定期注文マスター > メール送信: what customers were and will be written; Enter opens the text. */
export function MailsPage() {
  const { t } = useTranslation('customerMails')
  const filterState = useMailFilter()
  const { filter, isFiltered, change } = filterState
  const text = useDebounced(filter.text)
  const columns = useMailColumns()
  const [opened, setOpened] = useState<string | null>(null)
  const list = useInfiniteQuery(
    api.customerMails.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, filter: { ...filter, text } }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
      refetchInterval: MAILS_REFRESH_MS,
    }),
  )
  const { rows, count, total, onNearEnd, foot } = usePaged(list)
  return (
    <div className="listPage">
      <Title order={1}>
        <span className={styles.crumb}>{t('crumb')}</span>
        {t('title')}
      </Title>
      <SubscriptionTabs />
      <QueueState onPhone={() => change({ state: ['phone'] })} />
      <Filters state={filterState} count={count} />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        view={addressOf({ ...filter, text })}
        label={t('title')}
        list={MAILS}
        rows={rows}
        columns={columns}
        widths={MAIL_WIDTHS}
        titled={['customer', 'to', 'subject']}
        rowId={(row) => row.id}
        onOpen={(row) => setOpened(row.id)}
        onNearEnd={onNearEnd}
        total={total}
        empty={<Text>{t(isFiltered ? 'empty' : 'none')}</Text>}
        foot={<ListFoot {...foot} />}
      />
      <MailDialog id={opened} onClose={() => setOpened(null)} />
    </div>
  )
}
