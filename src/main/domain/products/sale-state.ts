import type { SaleState } from '../../../contract/products'

/** What decides whether something is on offer on a day. Plain dates, both included. */
export interface Dated {
  readonly active: boolean
  readonly from: string | null
  readonly to: string | null
}

/** Whether something can be sold on a business date. */
export function saleStateOn({ active, from, to }: Dated, date: string): SaleState {
  if (!active) return 'stopped'
  if (from !== null && date < from) return 'before'
  if (to !== null && date > to) return 'ended'
  return 'on-sale'
}
