import type { Quote } from '../../contract/checkout'
import type { Statement } from '../db/open-database'
import { prepared } from '../db/prepared'
import type { CheckoutDeps } from './deps'

const takeStock = prepared<'id' | 'quantity', unknown>((db, slot) =>
  db
    .updateTable('product')
    .set((eb) => ({ stock: eb('stock', '-', slot('quantity')) }))
    .where('id', '=', slot('id'))
    .where('stock', 'is not', null),
)

export interface Taken {
  readonly productId: string
  readonly quantity: number
}

const sums = (lines: readonly Taken[]): Map<string, number> => {
  const of = new Map<string, number>()
  for (const { productId, quantity } of lines) of.set(productId, (of.get(productId) ?? 0) + quantity)
  return of
}

/**
 * Takes what an order needs from the stock of products that are counted, and gives back what it had before a change.
 * Below zero says that more was promised than there is: the operator was told so while the caller was on the line.
 */
export function stockStatements(
  deps: CheckoutDeps,
  quote: Pick<Quote, 'lines'>,
  before: readonly Taken[] = [],
): Statement[] {
  const had = sums(before)
  const counted = quote.lines.filter(({ stock }) => stock !== null)
  const wanted = sums([...counted, ...before.map(({ productId }) => ({ productId, quantity: 0 }))])
  return [...wanted].flatMap(([id, quantity]) => {
    const more = quantity - (had.get(id) ?? 0)
    return more === 0 ? [] : [{ query: takeStock(deps.database.db, { id, quantity: more }) }]
  })
}
