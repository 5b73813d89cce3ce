import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { InspectionFilter } from '../../../../contract/keypad-inspections'
import { rememberAddress } from '../../ui/remembered-row'

export interface InspectionView {
  readonly view: 'list' | 'calendar'
  /** `YYYY-MM`; null: this month. */
  readonly month: string | null
  readonly filter: InspectionFilter
}

/** What the address shows; whatever does not parse is as if it were not there. */
export function viewOf(search: string): InspectionView {
  const params = new URLSearchParams(search)
  const month = params.get('month')
  const parsed = InspectionFilter.safeParse({
    text: params.get('text') ?? '',
    status: params.getAll('status'),
    shopId: params.getAll('shop'),
    dueFrom: params.get('from'),
    dueTo: params.get('to'),
  })
  return {
    view: params.get('view') === 'calendar' ? 'calendar' : 'list',
    month: month !== null && /^20\d\d-(0[1-9]|1[0-2])$/.test(month) ? month : null,
    filter: parsed.success ? parsed.data : InspectionFilter.parse({}),
  }
}

/** The address of a view. */
export function inspectionsAddress({ view, month, filter }: InspectionView): string {
  const params = new URLSearchParams()
  if (view === 'calendar') params.set('view', view)
  if (month !== null) params.set('month', month)
  if (filter.text !== '') params.set('text', filter.text)
  for (const status of filter.status) params.append('status', status)
  for (const shop of filter.shopId) params.append('shop', shop)
  if (filter.dueFrom !== null) params.set('from', filter.dueFrom)
  if (filter.dueTo !== null) params.set('to', filter.dueTo)
  const query = params.toString()
  return query === '' ? '/inspections' : `/inspections?${query}`
}

const NONE = InspectionFilter.parse({})

/** View and filter of テンキーの点検, kept in the address. */
export function useInspectionView() {
  const [, go] = useLocation()
  const shown = viewOf(useSearch())
  const address = inspectionsAddress(shown)
  useEffect(() => rememberAddress('/inspections', address), [address])
  const { filter } = shown
  return {
    ...shown,
    isFiltered: inspectionsAddress({ view: 'list', month: null, filter }) !== '/inspections',
    show: (part: Partial<InspectionView>) => go(inspectionsAddress({ ...shown, ...part }), { replace: true }),
    change: (part: Partial<InspectionFilter>) =>
      go(inspectionsAddress({ ...shown, filter: { ...filter, ...part } }), { replace: true }),
    reset: () => go(inspectionsAddress({ ...shown, filter: NONE }), { replace: true }),
    openDay: (date: string) =>
      go(inspectionsAddress({ ...shown, view: 'list', filter: { ...NONE, dueFrom: date, dueTo: date } })),
  }
}
export type InspectionViewState = ReturnType<typeof useInspectionView>
