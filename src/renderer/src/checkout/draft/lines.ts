import type { CheckoutForm } from '../../../../contract/checkout'

export type Line = CheckoutForm['lines'][number]

/** Most lines that one order can have. */
export const MAX_LINES = 50
/** Highest quantity of a line. */
export const MAX_QUANTITY = 999

const clamp = (quantity: number) => Math.min(Math.max(quantity, 1), MAX_QUANTITY)

/** One line a product: a product that is there already gets the quantity on top. */
export function addLine(lines: readonly Line[], productId: string, quantity = 1): Line[] {
  if (lines.some((line) => line.productId === productId)) {
    return lines.map((line) =>
      line.productId === productId ? { productId, quantity: clamp(line.quantity + quantity) } : line,
    )
  }
  return lines.length >= MAX_LINES ? [...lines] : [...lines, { productId, quantity: clamp(quantity) }]
}

/** Sets a quantity; a line never stays with zero, it is removed by `removeLine` only. */
export const setQuantity = (lines: readonly Line[], productId: string, quantity: number): Line[] =>
  lines.map((line) => (line.productId === productId ? { productId, quantity: clamp(quantity) } : line))

export const removeLine = (lines: readonly Line[], productId: string): Line[] =>
  lines.filter((line) => line.productId !== productId)

/** Puts a removed line back where it was; when it was added again meanwhile, nothing changes. */
export function restoreLine(lines: readonly Line[], line: Line, index: number): Line[] {
  if (lines.some(({ productId }) => productId === line.productId)) return [...lines]
  return [...lines.slice(0, index), line, ...lines.slice(index)]
}

/** Adds the lines that are not there yet: offering the last order twice does not double it. */
export function mergeLines(lines: readonly Line[], more: readonly Line[]): Line[] {
  const known = new Set(lines.map(({ productId }) => productId))
  return more
    .filter(({ productId }) => !known.has(productId))
    .reduce<Line[]>((all, { productId, quantity }) => addLine(all, productId, quantity), [...lines])
}

/** A quantity as typed, in any width; null when it is not a whole number of at least one. */
export function readQuantity(typed: string): number | null {
  const digits = typed.normalize('NFKC').trim()
  if (!/^\d{1,3}$/.test(digits)) return null
  const quantity = Number(digits)
  return quantity >= 1 ? quantity : null
}
