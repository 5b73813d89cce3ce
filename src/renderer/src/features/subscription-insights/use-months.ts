import { useLocation, useSearch } from 'wouter'
import type { Month } from '../../../../contract/subscription-insights'

/** A year and the month before, two, and as many as are kept. */
export const SPANS = [13, 25, 36] as const

/** How many months are shown and which one is looked at, both kept in the address. */
export function useMonths() {
  const [path, go] = useLocation()
  const asked = new URLSearchParams(useSearch())
  const span = SPANS.find((one) => String(one) === asked.get('months')) ?? SPANS[0]
  const change = (key: 'months' | 'month', value: string) => {
    asked.set(key, value)
    go(`${path}?${asked.toString()}`, { replace: true })
  }
  return {
    span,
    month: asked.get('month'),
    showSpan: (months: number) => change('months', String(months)),
    showMonth: (month: Month) => change('month', month),
  }
}
