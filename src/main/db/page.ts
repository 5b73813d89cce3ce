import type { z } from 'zod'
import { Refusal } from '../platform/refusal'

/** Rows counted exactly; beyond it a list says "1,000 and more". */
export const COUNT_LIMIT = 1000

/** Where a page ended, as an opaque text. It carries only sort values that the reader has just been shown. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values), 'utf8').toString('base64url')

/** The sort values of a cursor; a text that is none is refused. */
export function decodeCursor<T>(cursor: string | null, schema: z.ZodType<T>): T | null {
  if (cursor === null) return null
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    if (parsed.success) return parsed.data
  } catch {
    /* not JSON: refused below */
  }
  throw new Refusal('BAD_CURSOR')
}

/** One page from rows of which one more was read than asked for. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Item,
  cursorOf: (row: Row) => readonly (string | number)[],
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  return { items: shown.map(show), next: more ? encodeCursor(cursorOf(last)) : null }
}

/** A count that stops at the limit, as a screen shows it. */
export const shownCount = (counted: number): { value: number; more: boolean } => ({
  value: Math.min(counted, COUNT_LIMIT),
  more: counted > COUNT_LIMIT,
})
