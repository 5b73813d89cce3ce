/** Pages (4 KB each) at which the log goes into the file in any case. */
export const MAX_WAL_PAGES = 10_000

/** One SQL statement with its values, as it goes to the thread that owns the SQLite connection. */
export interface WireStatement {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** Changed rows that the statement must have; else the whole batch is rolled back. */
  readonly changes?: number
  /** JSON of an array of arrays: the statement runs once for each, with its values. Text crosses threads cheaply. */
  readonly rows?: string
}

export type WireRequest =
  | { readonly id: number; readonly kind: 'run'; readonly statement: WireStatement }
  | { readonly id: number; readonly kind: 'batch'; readonly statements: readonly WireStatement[] }
  | { readonly id: number; readonly kind: 'backup'; readonly path: string }
  | { readonly id: number; readonly kind: 'close' }

/** Rows of a reading statement, or the number of rows that a writing one changed. */
export interface WireResult {
  readonly rows: readonly Record<string, unknown>[]
  readonly changes: number
}

export type WireAnswer =
  | { readonly id: number; readonly ok: true; readonly results: readonly WireResult[] }
  | {
      readonly id: number
      readonly ok: false
      readonly message: string
      readonly code: string | null
      readonly index: number | null
    }

/** How the owning thread opens the file. */
export interface SqliteOptions {
  readonly path: string
  readonly synchronous: 'FULL' | 'OFF'
  readonly readOnly: boolean
}
