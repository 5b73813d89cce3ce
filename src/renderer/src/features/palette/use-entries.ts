import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Permission } from '../../../../contract/permissions'
import { formatPhone, normalizeForSearch } from '../../../../contract/text'
import { api } from '../../lib/client'
import { useDebounced } from '../../ui/use-debounced'

/** One line of the palette: where it leads and what it says. */
export interface PaletteEntry {
  readonly id: string
  readonly group: 'customers' | 'orders' | 'pages'
  readonly label: string
  readonly more: string
  readonly to: string
}

const PAGES = [
  ['home', '/'],
  ['checkout', '/checkout/new'],
  ['calls', '/calls'],
  ['orders', '/orders'],
  ['customers', '/customers'],
  ['duplicates', '/customers/duplicates'],
  ['products', '/products'],
  ['offers', '/offers'],
  ['subscriptions', '/subscriptions'],
  ['subscriptionNew', '/subscriptions/new'],
  ['subscriptionPlan', '/subscriptions/plan'],
  ['subscriptionAttention', '/subscriptions/attention'],
  ['subscriptionRuns', '/subscriptions/runs'],
  ['subscriptionBulk', '/subscriptions/bulk'],
  ['subscriptionCalendar', '/subscriptions/calendar'],
  ['subscriptionKpis', '/subscriptions/kpis'],
  ['subscriptionRetention', '/subscriptions/retention'],
  ['inspections', '/inspections'],
  ['keypads', '/keypads'],
  ['settings', '/settings'],
  ['charges', '/settings/charges'],
  ['subscriptionSettings', '/settings/subscriptions'],
  ['options', '/settings/options'],
  ['help', '/help/codes'],
] as const

/** Pages that are shown to those who may do what they are for. */
const NEEDS: Readonly<Partial<Record<string, Permission>>> = { subscriptionBulk: 'subscription.bulk' }

const ROWS_EACH = 6

function useFound(text: string): PaletteEntry[] {
  const enabled = text !== ''
  const common = { enabled, placeholderData: keepPreviousData }
  const customers = useQuery(
    api.customers.search.queryOptions({ input: { text, limit: ROWS_EACH }, ...common }),
  )
  const orders = useQuery(
    api.orders.list.queryOptions({ input: { limit: ROWS_EACH, filter: { text } }, ...common }),
  )
  if (!enabled) return []
  return [
    ...(customers.data?.items ?? []).slice(0, ROWS_EACH).map((row) => ({
      id: row.id,
      group: 'customers' as const,
      label: row.name,
      more: [row.kana, formatPhone(row.phone), row.address].join('  '),
      to: `/customers/${row.id}`,
    })),
    ...(orders.data?.items ?? []).map((row) => ({
      id: row.id,
      group: 'orders' as const,
      label: String(row.number),
      more: [row.customerName, row.items].join('  '),
      to: `/orders/${row.id}`,
    })),
  ]
}

/** Customers and orders that match, then the pages whose name does; all pages while nothing is typed. */
export function useEntries(typed: string): { entries: PaletteEntry[]; isSearching: boolean } {
  const { t } = useTranslation('common')
  const text = typed.trim().slice(0, 80)
  const settled = useDebounced(text, 120)
  const found = useFound(settled)
  const session = useQuery(api.auth.session.queryOptions())
  const may = (key: string): boolean => {
    const needed = NEEDS[key]
    return needed === undefined || session.data?.permissions.includes(needed) === true
  }
  const pages = PAGES.filter(
    ([key]) =>
      may(key) &&
      normalizeForSearch(t(`nav.${key}`) + t(`palette.kana.${key}`)).includes(normalizeForSearch(text)),
  ).map(([key, to]) => ({
    id: `page-${key}`,
    group: 'pages' as const,
    label: t(`nav.${key}`),
    more: t(`palette.about.${key}`),
    to,
  }))
  return { entries: text === '' ? pages : [...found, ...pages], isSearching: text !== settled }
}
