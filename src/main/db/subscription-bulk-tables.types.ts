/** Epoch milliseconds, UTC. */
type Instant = number

/** One 一括変更. */
interface SubscriptionBulkTable {
  id: string
  kind: 'price' | 'replace'
  state: 'previewing' | 'previewed' | 'applying' | 'done' | 'undoing' | 'undone' | 'cancelled'
  title: string
  /** JSON of `BulkWish`. */
  wish: string
  /** The preview goes on behind this contract's id. */
  place: string
  job_id: string | null
  started_by: string
  created_at: Instant
  applied_at: Instant | null
  version: number
}

/** What one 一括変更 is for one contract. */
interface SubscriptionBulkRowTable {
  bulk_id: string
  subscription_id: string
  subscription_number: number
  state: 'ready' | 'blocked' | 'applied' | 'skipped' | 'undone' | 'kept'
  /** Why it was not changed, or not put back; empty otherwise. */
  reason: string
  seen_version: number
  applied_version: number | null
  /** JSON: goods before the change, and turns that keep the old ones. */
  before: string | null
  /** JSON of `BulkShown`. */
  shown: string
  /** What the first turn that changes costs, yen, as it is shown; null: not known. */
  old_total: number | null
  new_total: number | null
  /** Turns ahead that keep the goods that were agreed for them alone. */
  own_turns: number
}

export interface SubscriptionBulkTables {
  subscription_bulk: SubscriptionBulkTable
  subscription_bulk_row: SubscriptionBulkRowTable
}
