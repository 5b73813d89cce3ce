import { Loader } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerSummary } from '../../../../../contract/customers'
import { digitsOnly, formatPhone } from '../../../../../contract/text'
import { api } from '../../../lib/client'
import { useDraft, useFault } from '../../draft/draft-context'
import { useFocusPlan } from '../../parts/focus-plan'
import { SearchBox } from '../../parts/search-box'
import styles from './customer.module.css'
import { NO_FIELDS } from './use-customer'

const SHOWN = 8
const PAUSE_MS = 40

/** Four digits of a phone number, or two letters of a name, are enough to look. */
const isSearchable = (text: string): boolean => {
  const digits = digitsOnly(text).length
  return digits >= 4 || (digits === 0 && text.trim().length >= 2)
}

/** The first field of the form. */
export function CustomerSearch({ phone }: { phone: string }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const fault = useFault('customer')
  const [paused] = useDebouncedValue(phone, PAUSE_MS)
  const [hurried, setHurried] = useState<string | null>(null)
  const asked = hurried === phone ? phone : paused
  const searchable = isSearchable(phone)
  const query = useQuery({
    ...api.customers.search.queryOptions({ input: { text: asked.trim(), limit: SHOWN } }),
    enabled: isSearchable(asked),
    placeholderData: keepPreviousData,
  })
  const settled = asked === phone && !query.isFetching && (query.isSuccess || query.isError)
  const items = (searchable && query.data?.items) || []
  useReadAhead(settled && items.length === 1 ? items[0] : undefined)
  const asNew = () => {
    plan.go('customer-new')
    const typed = digitsOnly(phone).length > 0 ? { phone } : { familyName: phone.trim() }
    draft.edit((form) => ({ ...form, customer: { kind: 'new', fields: { ...NO_FIELDS, ...typed } } }))
  }
  const pick = (customer: CustomerSummary) => {
    plan.go('customer-picked')
    draft.edit((form) => ({ ...form, customer: { kind: 'existing', customerId: customer.id } }))
    void draft.flush()
  }
  const status = () => {
    if (query.isError) return t('customer.failed')
    if (!settled && items.length === 0) return t('customer.searching')
    if (items.length === 0) return t('customer.none')
    if (query.data?.next) return t('customer.foundMore', { count: items.length })
    return items.length === 1 ? t('customer.foundOne') : t('customer.found', { count: items.length })
  }
  return (
    <SearchBox
      inputRef={plan.target('customer-search')}
      label={t('customer.search')}
      hint={t('customer.searchHint')}
      value={phone}
      onType={(text) =>
        draft.edit((form) => ({ ...form, customer: { kind: 'none', phone: text.slice(0, 30) } }))
      }
      onBlur={() => void draft.flush()}
      onHurry={setHurried}
      items={items}
      keyOf={(customer) => customer.id}
      render={(customer) => <Found customer={customer} />}
      onPick={pick}
      listLabel={t('customer.results')}
      settled={settled}
      open={searchable}
      enterTakes="only"
      status={status()}
      extra={{ label: t('customer.asNew'), onPick: asNew }}
      error={fault}
      path="customer"
      rightSection={searchable && !settled ? <Loader size={16} aria-hidden /> : undefined}
    />
  )
}

/** The only one found is read before Enter takes it. */
function useReadAhead(customer: CustomerSummary | undefined): void {
  const queries = useQueryClient()
  const id = customer?.id
  useEffect(() => {
    if (id !== undefined) void queries.prefetchQuery(api.customers.get.queryOptions({ input: { id } }))
  }, [id, queries])
}

function Found({ customer }: { customer: CustomerSummary }) {
  const { t } = useTranslation('checkout')
  return (
    <span className={styles.found}>
      <span>
        <b>{customer.name}</b> <small>{customer.kana}</small>
      </span>
      <span>{formatPhone(customer.phone)}</span>
      <span className={styles.foundAddress}>{customer.address}</span>
      <small>{t('customer.orders', { count: customer.orderCount })}</small>
    </span>
  )
}
