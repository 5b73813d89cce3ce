import { Button, Select, Text, TextInput, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { OfferState, type OfferSummary } from '../../../../contract/offers'
import { api } from '../../lib/client'
import { isComposing } from '../../lib/keyboard'
import { DataTable } from '../../ui/data-table'
import filterBar from '../../ui/filter-bar.module.css'
import { focusFirstRow } from '../../ui/focus-first-row'
import { ListFoot } from '../../ui/list-foot'
import pageHead from '../../ui/page-head.module.css'
import { Count, ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'
import { ProductTabs } from '../products/product-tabs'
import { MediaButton } from './media-dialog'
import { OFFER_WIDTHS, useOfferColumns } from './offer-columns'
import { useOfferFilter } from './use-offer-filter'

const PAGE = 100

interface FiltersProps {
  readonly state: ReturnType<typeof useOfferFilter>
  readonly count: { value: number; more: boolean } | undefined
}

function Filters({ state, count }: FiltersProps) {
  const { t } = useTranslation('offers')
  const { filter, change, reset, isFiltered } = state
  const media = useQuery(api.offers.media.queryOptions())
  const toList = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || (event.key !== 'ArrowDown' && event.key !== 'Enter')) return
    event.preventDefault()
    focusFirstRow()
  }
  return (
    <search className={filterBar.bar}>
      <TextInput
        label={t('search')}
        placeholder={t('searchHint')}
        className={filterBar.grow ?? ''}
        maxLength={80}
        autoFocus
        value={filter.text}
        onKeyDown={toList}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <Select
        label={t('filter.medium')}
        w={220}
        clearable
        searchable
        placeholder={t('filter.all')}
        data={(media.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.mediumId}
        onChange={(mediumId) => change({ mediumId })}
      />
      <Select
        label={t('filter.state')}
        w={130}
        clearable
        placeholder={t('filter.all')}
        data={OfferState.options.map((value) => ({ value, label: t(`states.${value}`) }))}
        value={filter.state}
        onChange={(value) => change({ state: OfferState.options.find((one) => one === value) ?? null })}
      />
      <Button variant="default" disabled={!isFiltered} onClick={reset}>
        {t('filter.reset')}
      </Button>
      <Count count={count} />
    </search>
  )
}

/** 広告・オファー: what was advertised where. */
export function OffersPage() {
  const { t } = useTranslation('offers')
  const [, go] = useLocation()
  const state = useOfferFilter()
  const text = useDebounced(state.filter.text)
  const filter = { ...state.filter, text }
  const columns = useOfferColumns()
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('product.write') ?? false
  const list = useInfiniteQuery(
    api.offers.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, ...filter }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, count, total, onNearEnd, foot } = usePaged(list)
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <Title order={1}>{t('title')}</Title>
        <div className={pageHead.rest} />
        {writable && <MediaButton />}
        {writable && (
          <Button component={Link} href="/offers/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
            {t('add')}
          </Button>
        )}
      </div>
      <ProductTabs />
      <Text size="sm">{t('intro')}</Text>
      <Filters state={state} count={count} />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable<OfferSummary>
        view={JSON.stringify(filter)}
        label={t('title')}
        list="/offers"
        rows={rows}
        columns={columns}
        widths={OFFER_WIDTHS}
        titled={['code', 'name', 'medium']}
        rowId={(row) => row.id}
        onOpen={(row) => go(`/offers/${row.id}`)}
        onNearEnd={onNearEnd}
        total={total}
        empty={<Text>{t(state.isFiltered ? 'empty' : 'none')}</Text>}
        foot={<ListFoot {...foot} />}
      />
    </div>
  )
}
