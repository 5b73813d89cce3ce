import type { Selectable } from 'kysely'
import type { CycleRule } from '../../../src/contract/cycle-rule'
import type { Database } from '../../../src/main/db/database.types'
import type { AcquirerBooks } from '../acquirer'
import type { ShopOfYear } from './calendar'

/** One product of a turn, at its agreed price. */
export interface YearItem {
  readonly productId: string
  readonly quantity: number
  readonly unitPrice: number
}

/** A contract as it was planted: what its turns follow from, besides what was said later. */
export interface Planted {
  readonly id: string
  readonly rule: CycleRule
  readonly anchor: string
  readonly prefecture: string
  readonly method: 'card' | 'cod'
  readonly itemMode: 'fixed' | 'alternating' | 'course'
  readonly sets: readonly (readonly YearItem[])[]
  readonly step: { readonly toTurn: number; readonly percent: number } | null
  readonly lastTurn: number | null
}

interface SaidBase {
  readonly id: string
  /** Epoch ms, and the business date. */
  readonly at: number
  readonly day: string
}

/** What a customer or the staff asked for, and the desk has done. */
export type Said = SaidBase &
  (
    | { readonly kind: 'skip'; readonly index: number }
    | { readonly kind: 'move'; readonly index: number; readonly to: string }
    | { readonly kind: 'items'; readonly index: number; readonly items: readonly YearItem[] }
    | { readonly kind: 'restore'; readonly index: number; readonly what: 'skip' | 'move' | 'items' }
    | { readonly kind: 'items-for-good'; readonly sets: readonly (readonly YearItem[])[] }
    | { readonly kind: 'pause'; readonly from: string; readonly until: string | null }
    /** Dates of the rule from `passedFrom` on, before `passedTo` (indexes), went by meanwhile. */
    | { readonly kind: 'resume'; readonly passedFrom: number; readonly passedTo: number }
    | { readonly kind: 'cancel' }
    | { readonly kind: 'card' }
    /** A person has authorized a turn by hand. */
    | { readonly kind: 'retry'; readonly cycleId: string }
  )

/** A day on which the run was made; `trouble`: the service did not answer as it should. */
export interface YearRun {
  readonly day: string
  readonly trouble: boolean
}

type Row<T extends keyof Database> = Selectable<Database[T]>

/** Everything that was written in the year, here and at the acquirer, and what was said. */
export interface YearBooks {
  readonly shop: ShopOfYear
  readonly lastDay: string
  readonly planted: readonly Planted[]
  readonly said: readonly Said[]
  readonly runs: readonly YearRun[]
  readonly contracts: readonly Row<'subscription'>[]
  readonly cycles: readonly Row<'subscription_cycle'>[]
  readonly orders: readonly Pick<Row<'sales_order'>, 'id' | 'checkout_id' | 'number' | 'status' | 'total'>[]
  readonly lines: readonly Pick<Row<'order_line'>, 'order_id' | 'kind' | 'product_id' | 'quantity'>[]
  readonly payments: readonly Row<'payment'>[]
  readonly operations: readonly Pick<Row<'payment_operation'>, 'id' | 'payment_id' | 'kind' | 'status'>[]
  readonly events: readonly Row<'subscription_event'>[]
  /** What the acquirer has booked of charges by the shop. */
  readonly acquirer: AcquirerBooks['payments']
}

/** Rows by one of their columns. */
export function by<T, K>(rows: readonly T[], key: (row: T) => K): ReadonlyMap<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}

const TOKYO_MS = 9 * 3_600_000

/** The business date of an instant. */
export const dayAt = (ms: number): string => new Date(ms + TOKYO_MS).toISOString().slice(0, 10)
export const atHour = (day: string, hour: number): number =>
  Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00+09:00`)
