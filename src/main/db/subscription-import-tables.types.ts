/** Epoch milliseconds, UTC. */
type Instant = number

/** One import of running 定期. */
interface SubscriptionImportTable {
  id: string
  state: 'checking' | 'checked' | 'writing' | 'visible' | 'undoing' | 'undone' | 'cancelled'
  file_name: string
  file_path: string
  file_size: number
  /** Time of the file's last change, to know whether it is still the same. */
  file_stamp: number
  /** JSON: code page, delimiter, meanings of the columns. */
  reading: string
  /** Where reading goes on: bytes and lines of the file whose rows are stored. */
  byte_offset: number
  line: number
  /** Transactions so far: one that was done is not done again. */
  chunk: number
  rows_read: number
  rows_good: number
  rows_broken: number
  /** Good ones that are to be paid by a card which is not on the file yet. */
  rows_no_card: number
  rows_written: number
  /** Contracts that stayed when the import was undone. */
  rows_kept: number
  job_id: string | null
  shop_id: string
  started_by: string
  created_at: Instant
  visible_at: Instant | null
  undone_at: Instant | null
  version: number
}

/** A good row of a checked file, until its contract is written. Never with a token: the card stands as its id. */
interface SubscriptionImportRowTable {
  import_id: string
  line: number
  external_number: string | null
  /** JSON of the row as it was read. */
  content: string
  /** JSON: the contract in words. */
  shown: string
}

/** A row that is not taken, as it stands in the file; without tokens and card numbers. */
interface SubscriptionImportFaultTable {
  import_id: string
  line: number
  reason: string
  raw: string
}

/** A contract that stayed although the import was undone: something was done with it since. */
interface SubscriptionImportKeptTable {
  import_id: string
  subscription_id: string
  subscription_number: number
}

/** Columns of another system's files, kept by name. */
interface SubscriptionImportMappingTable {
  name: string
  mapping: string
  updated_by: string
  updated_at: Instant
}

export interface SubscriptionImportTables {
  subscription_import: SubscriptionImportTable
  subscription_import_row: SubscriptionImportRowTable
  subscription_import_fault: SubscriptionImportFaultTable
  subscription_import_kept: SubscriptionImportKeptTable
  subscription_import_mapping: SubscriptionImportMappingTable
}
