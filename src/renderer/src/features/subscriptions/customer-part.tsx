import { Anchor, Button, Loader, Select, Skeleton, Text, Title } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { PaymentMethod } from '../../../../contract/checkout'
import type { CustomerSummary } from '../../../../contract/customers'
import { digitsOnly, formatPhone, formatPostalCode } from '../../../../contract/text'
import { prefecturesFor } from '../../address/prefectures'
import { SearchBox } from '../../checkout/parts/search-box'
import { api } from '../../lib/client'
import { useDebounced } from '../../ui/use-debounced'
import styles from './subscriptions.module.css'
import type { Plan } from './use-plan'

const SHOWN = 8
const PAUSE_MS = 40

/** Four digits of a phone number, or two letters of a name, are enough to look. */
const isSearchable = (text: string): boolean => {
  const digits = digitsOnly(text).length
  return digits >= 4 || (digits === 0 && text.trim().length >= 2)
}

function CustomerSearch({ onPick }: { onPick: (customer: CustomerSummary) => void }) {
  const { t } = useTranslation('subscriptions')
  const [text, setText] = useState('')
  const asked = useDebounced(text, PAUSE_MS)
  const searchable = isSearchable(text)
  const query = useQuery({
    ...api.customers.search.queryOptions({ input: { text: asked.trim(), limit: SHOWN } }),
    enabled: isSearchable(asked),
    placeholderData: keepPreviousData,
  })
  const settled = asked === text && !query.isFetching && (query.isSuccess || query.isError)
  const items = (searchable && query.data?.items) || []
  const status = () => {
    if (query.isError) return t('customer.failed')
    if (!settled && items.length === 0) return t('customer.searching')
    return items.length === 0 ? t('customer.none') : t('customer.found', { count: items.length })
  }
  return (
    <SearchBox
      label={t('customer.search')}
      hint={t('customer.searchHint')}
      value={text}
      onType={setText}
      items={items}
      keyOf={(customer) => customer.id}
      render={(customer) => (
        <span className={styles.found}>
          <b>{customer.name}</b>
          <span>{formatPhone(customer.phone)}</span>
          <span className={styles.cut} title={customer.address}>
            {customer.address}
          </span>
        </span>
      )}
      onPick={onPick}
      listLabel={t('customer.results')}
      settled={settled}
      open={searchable}
      enterTakes="first"
      status={status()}
      path="customer"
      rightSection={searchable && !settled ? <Loader size={16} aria-hidden /> : undefined}
    />
  )
}

function Chosen({ id, onChange }: { id: string; onChange: () => void }) {
  const { t } = useTranslation('subscriptions')
  const customer = useQuery(api.customers.get.queryOptions({ input: { id } }))
  if (customer.isPending) return <Skeleton height={44} aria-label={t('customer.loading')} />
  const fields = customer.data?.fields
  return (
    <div className={styles.chosen}>
      {fields ? (
        <div>
          <Text fw={600}>
            {fields.familyName} {fields.givenName}
            <Text span size="sm" fw={400} ml={10}>
              {formatPhone(fields.phone)}
            </Text>
          </Text>
          <Text size="sm">
            〒{formatPostalCode(fields.postalCode)} {fields.prefecture}
            {fields.city}
            {fields.address} {fields.building}
          </Text>
        </div>
      ) : (
        <Text size="sm">{t('customer.unknown')}</Text>
      )}
      <div className={styles.rest} />
      {fields && (
        <Anchor component={Link} href={`/customers/${id}`} size="sm" lh="28px">
          {t('customer.open')}
        </Anchor>
      )}
      <Button variant="default" size="compact-sm" onClick={onChange}>
        {t('customer.change')}
      </Button>
    </div>
  )
}

/** お届け先: a customer, or only a prefecture as long as nobody is named; and how it is paid. */
export function CustomerPart({ plan }: { plan: Plan }) {
  const { t } = useTranslation('subscriptions')
  const { t: common } = useTranslation('common')
  const { draft, change } = plan
  const method = (
    <Select
      label={t('customer.method')}
      w={150}
      allowDeselect={false}
      data={PaymentMethod.options.map((value) => ({ value, label: common(`method.${value}`) }))}
      value={draft.method}
      onChange={(value) => {
        const found = PaymentMethod.options.find((one) => one === value)
        if (found !== undefined) change({ method: found })
      }}
    />
  )
  return (
    <section className="card" aria-labelledby="plan-customer">
      <Title order={2} id="plan-customer" mb="xs">
        {t('customer.title')}
      </Title>
      <div className={styles.fields}>
        {draft.customerId === null ? (
          <CustomerSearch onPick={({ id }) => change({ customerId: id })} />
        ) : (
          <Chosen id={draft.customerId} onChange={() => change({ customerId: null })} />
        )}
        <div className={styles.line}>
          {draft.customerId === null && (
            <Select
              label={t('customer.prefecture')}
              w={150}
              searchable
              clearable
              placeholder={t('customer.prefectureHint')}
              nothingFoundMessage={t('customer.noPrefecture')}
              data={[...prefecturesFor('')]}
              filter={({ search }) => prefecturesFor(search).map((value) => ({ value, label: value }))}
              value={draft.prefecture || null}
              onChange={(value) => change({ prefecture: value ?? '' })}
            />
          )}
          {method}
        </div>
      </div>
    </section>
  )
}
