/** Epoch milliseconds, UTC. */
type Instant = number

/** One customer merged into another. */
interface CustomerMergeTable {
  id: string
  kept_id: string
  merged_id: string
  /** `ended`: can no longer be taken back, because the kept customer was anonymised. */
  state: 'done' | 'undone' | 'ended'
  /** JSON of the kept customer's columns that the merge wrote over: what stood there. */
  kept_before: string
  /** JSON of what it wrote. */
  kept_after: string
  /** JSON of the merged customer's standing before. */
  merged_before: string
  merged_at: Instant
  merged_by: string
  undo_until: Instant
  undone_at: Instant | null
  undone_by: string | null
}

/** A row that a merge moved, or made at the kept customer (a phone by its digits, a tag by its text). */
interface CustomerMergeMoveTable {
  merge_id: string
  table_name: string
  row_id: string
  /** Of a draft, when it was last saved: it goes back only while nobody has saved it since. */
  seen_at: Instant | null
}

/** Two customers whom a person called 別人, the smaller id first. */
interface CustomerDistinctTable {
  one_id: string
  other_id: string
  said_at: Instant
  said_by: string
}

export interface MergeTables {
  customer_merge: CustomerMergeTable
  customer_merge_move: CustomerMergeMoveTable
  customer_distinct: CustomerDistinctTable
}
