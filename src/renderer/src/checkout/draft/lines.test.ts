import { describe, expect, it } from 'vitest'
import {
  addLine,
  MAX_LINES,
  mergeLines,
  readQuantity,
  removeLine,
  restoreLine,
  setQuantity,
  withoutShipment,
  distribute,
} from './lines'

const milk = 'a1'
const bread = 'b2'

describe('lines of an order', () => {
  it('keeps one line a product: adding again raises the quantity', () => {
    const lines = addLine(addLine(addLine([], milk), bread), milk, 2)
    expect(lines).toEqual([
      { productId: milk, quantity: 3, shipment: 0 },
      { productId: bread, quantity: 1, shipment: 0 },
    ])
  })

  it('never leaves a line with zero or with more than 999', () => {
    const lines = addLine([], milk)
    expect(setQuantity(lines, { productId: milk, shipment: 0 }, 0)).toEqual([
      { productId: milk, quantity: 1, shipment: 0 },
    ])
    expect(setQuantity(lines, { productId: milk, shipment: 0 }, 5000)).toEqual([
      { productId: milk, quantity: 999, shipment: 0 },
    ])
    expect(removeLine(lines, { productId: milk, shipment: 0 })).toEqual([])
  })

  it('puts a removed line back at its place, but not beside a new one of the same product', () => {
    const line = { productId: milk, quantity: 4, shipment: 0 }
    expect(restoreLine([{ productId: bread, quantity: 1, shipment: 0 }], line, 0)).toEqual([
      line,
      { productId: bread, quantity: 1, shipment: 0 },
    ])
    expect(restoreLine([{ productId: milk, quantity: 1, shipment: 0 }], line, 0)).toEqual([
      { productId: milk, quantity: 1, shipment: 0 },
    ])
  })

  it('offers the last order twice without doubling it', () => {
    const last = [
      { productId: milk, quantity: 2, shipment: 0 },
      { productId: bread, quantity: 1, shipment: 0 },
    ]
    const once = mergeLines([{ productId: milk, quantity: 5, shipment: 0 }], last)
    expect(once).toEqual([
      { productId: milk, quantity: 5, shipment: 0 },
      { productId: bread, quantity: 1, shipment: 0 },
    ])
    expect(mergeLines(once, last)).toEqual(once)
  })

  it('spreads a product over deliveries, and gives it back to the first when one is gone', () => {
    const first = addLine([], milk, 3)
    const spread = distribute(first, { productId: milk, shipment: 1 }, 2)
    expect(spread).toEqual([
      { productId: milk, quantity: 3, shipment: 0 },
      { productId: milk, quantity: 2, shipment: 1 },
    ])
    expect(withoutShipment(spread, 1)).toEqual([{ productId: milk, quantity: 5, shipment: 0 }])
    expect(distribute(spread, { productId: milk, shipment: 0 }, 0)).toEqual([
      { productId: milk, quantity: 2, shipment: 1 },
    ])
  })

  it('takes no 51st line', () => {
    const full = Array.from({ length: MAX_LINES }, (_, index) => ({
      productId: `p${index}`,
      quantity: 1,
      shipment: 0,
    }))
    expect(addLine(full, milk)).toEqual(full)
  })

  it.each([
    ['3', 3],
    ['１２', 12],
    [' 7 ', 7],
    ['0', null],
    ['', null],
    ['-1', null],
    ['1.5', null],
    ['1000', null],
  ])('reads the quantity %j as %j', (typed, quantity) => {
    expect(readQuantity(typed)).toBe(quantity)
  })
})
