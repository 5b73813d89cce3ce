import type { CheckoutForm } from '../../../../contract/checkout'

export type Line = CheckoutForm['lines'][number]
/** What tells one line from another: a product for one delivery. */
export type LineRef = Pick<Line, 'productId' | 'shipment'>

/** Most lines that one order can have. */
export const MAX_LINES = 50
/** Highest quantity of a line. */
export const MAX_QUANTITY = 999

const clamp = (quantity: number) => Math.min(Math.max(quantity, 1), MAX_QUANTITY)

export const sameLine = (one: LineRef, other: LineRef): boolean =>
  one.productId === other.productId && one.shipment === other.shipment

/** A line as a key of a list. */
export const lineKey = ({ productId, shipment }: LineRef): string => `${productId} ${shipment}`

/** One line a product and delivery: a product that is there already gets the quantity on top. */
export function addLine(lines: readonly Line[], productId: string, quantity = 1, shipment = 0): Line[] {
  const wanted = { productId, shipment }
  if (lines.some((line) => sameLine(line, wanted))) {
    return lines.map((line) =>
      sameLine(line, wanted) ? { ...wanted, quantity: clamp(line.quantity + quantity) } : line,
    )
  }
  return lines.length >= MAX_LINES ? [...lines] : [...lines, { ...wanted, quantity: clamp(quantity) }]
}

/** Sets a quantity; a line never stays with zero, it is removed by `removeLine` only. */
export const setQuantity = (lines: readonly Line[], ref: LineRef, quantity: number): Line[] =>
  lines.map((line) => (sameLine(line, ref) ? { ...line, quantity: clamp(quantity) } : line))

export const removeLine = (lines: readonly Line[], ref: LineRef): Line[] =>
  lines.filter((line) => !sameLine(line, ref))

/** How many of a product go with a delivery. Zero takes the line away. */
export function distribute(lines: readonly Line[], ref: LineRef, quantity: number): Line[] {
  if (quantity <= 0) return removeLine(lines, ref)
  return lines.some((line) => sameLine(line, ref))
    ? setQuantity(lines, ref, quantity)
    : addLine(lines, ref.productId, quantity, ref.shipment)
}

/** The lines after a delivery is gone: its own go with the first one, the later ones move up. */
export function withoutShipment(lines: readonly Line[], gone: number): Line[] {
  return lines.reduce<Line[]>((all, { productId, quantity, shipment }) => {
    const next = shipment === gone ? 0 : shipment > gone ? shipment - 1 : shipment
    return addLine(all, productId, quantity, next)
  }, [])
}

/** Puts a removed line back where it was; when it was added again meanwhile, nothing changes. */
export function restoreLine(lines: readonly Line[], line: Line, index: number): Line[] {
  if (lines.some((other) => sameLine(other, line))) return [...lines]
  return [...lines.slice(0, index), line, ...lines.slice(index)]
}

/** Adds the lines that are not there yet: offering the last order twice does not double it. */
export function mergeLines(
  lines: readonly Line[],
  more: readonly { readonly productId: string; readonly quantity: number }[],
): Line[] {
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
