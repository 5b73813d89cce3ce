/** Epoch milliseconds, UTC. */
type Instant = number

/** Long work that goes on beside the desk and after a restart. */
export interface JobTable {
  id: string
  kind: string
  /** `asking` waits for a person's decision. */
  state: 'waiting' | 'running' | 'asking' | 'done' | 'cancelled' | 'failed'
  /** The installation whose file or folder it works on: only there it goes on after a restart. */
  owner: string
  started_by: string
  /** JSON; its shape is the kind's. */
  input: string
  done: number
  /** 0: not known yet. */
  total: number
  cancel_wanted: 0 | 1
  /** JSON; for `asking` the question, for `done` what came out. */
  result: string | null
  cause: string | null
  created_at: Instant
  started_at: Instant | null
  finished_at: Instant | null
  version: number
}

/** One import of customers. Its row is the switch that shows or hides all its customers at once. */
export interface CustomerImportTable {
  id: string
  state: 'reading' | 'staged' | 'visible' | 'undoing' | 'undone' | 'cancelled'
  /** 1: its customers must not be seen. */
  hidden: 0 | 1
  file_name: string
  file_path: string
  file_size: number
  /** Time of the file's last change, to know whether it is still the same. */
  file_stamp: number
  /** JSON: code page, delimiter, columns, what to do with duplicates and broken rows. */
  plan: string
  /** Customer numbers from here on were free when the import began. */
  number_base: number
  /** Where reading goes on: bytes and lines of the file whose rows are stored. */
  byte_offset: number
  line: number
  chunk: number
  rows_read: number
  rows_added: number
  rows_updated: number
  rows_skipped: number
  rows_broken: number
  /** Customers that stayed when the import was undone. */
  rows_kept: number
  job_id: string | null
  started_by: string
  created_at: Instant
  visible_at: Instant | null
  undone_at: Instant | null
  version: number
}

/** A row of the file that was not taken, as it stands there. */
export interface CustomerImportFaultTable {
  import_id: string
  line: number
  reason: string
  raw: string
}

/** A known customer to be changed by an import: applied after the switch, with what stood there before. */
export interface CustomerImportChangeTable {
  import_id: string
  line: number
  customer_id: string
  seen_version: number
  /** JSON of the columns. */
  after: string
  before: string | null
  /** The version that the import wrote; null: not applied. */
  applied_version: number | null
}

/** A customer that stayed although the import was undone, and why. */
export interface CustomerImportKeptTable {
  import_id: string
  customer_id: string
  customer_number: number
  reason: 'order' | 'card' | 'edited'
}

/** Columns of a shop's own files, kept by name. */
export interface CustomerImportMappingTable {
  name: string
  mapping: string
  updated_by: string
  updated_at: Instant
}
