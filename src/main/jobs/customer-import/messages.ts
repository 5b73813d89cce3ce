import type { OpenConfig } from '../../db/open-database'
import type { BrokenRow } from '../csv-import/row-source'
import type { ImportPlan } from './plan'

/** What the reading thread of an import is started with. */
export interface ImportTask {
  readonly work: 'customer-import'
  readonly config: OpenConfig
  readonly importId: string
  readonly path: string
  readonly plan: ImportPlan
  readonly from: { readonly byte: number; readonly line: number }
  readonly numberBase: number
  /** Epoch ms: when customers were made of whom the file does not tell it. */
  readonly now: number
}

/** Rows of the file, ready to be written by one transaction; the lists are JSON, as `bulkInsert` takes them. */
export interface StagedChunk {
  /** Where reading goes on behind this chunk. */
  readonly byte: number
  readonly line: number
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly skipped: number
  readonly broken: number
  readonly customers: string
  readonly documents: string
  readonly faults: string | null
  readonly changes: string | null
  /** The highest customer number that the file itself brought; 0: none. */
  readonly highest: number
}

/** `again`: the chunk could not be written, look the rows up once more. */
export type ToReader =
  | { readonly kind: 'next'; readonly limit: number }
  | { readonly kind: 'again' }
  | { readonly kind: 'numbers'; readonly from: number; readonly count: number }

export type FromReader =
  | { readonly kind: 'chunk'; readonly chunk: StagedChunk }
  /** Nothing goes on behind this row until a person has decided. */
  | { readonly kind: 'broken'; readonly row: BrokenRow }
  | { readonly kind: 'numbers-wanted'; readonly count: number }
  | { readonly kind: 'end' }
