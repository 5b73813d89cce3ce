import { describe, expect, it } from 'vitest'
import { changedItems, itemsFault } from './bulk-change'

const A = { productId: 'a', quantity: 2, unitPrice: 1000 }
const B = { productId: 'b', quantity: 1, unitPrice: null }

describe('a change of the goods of many contracts', () => {
  it('gives a product another price, and leaves what costs so already', () => {
    const change = { kind: 'price', prices: [{ productId: 'a', price: 1200 }] } as const
    expect(changedItems([A, B], { ...change, prices: [...change.prices] })).toEqual([
      { ...A, unitPrice: 1200 },
      B,
    ])
    const same = [{ ...A, unitPrice: 1200 }, B]
    expect(changedItems(same, { ...change, prices: [...change.prices] })).toBe(same)
  })

  it('puts so many of one product in the place of another', () => {
    const change = { kind: 'replace', productId: 'a', byProductId: 'c', perOne: 3, price: null } as const
    expect(changedItems([A, B], change)).toEqual([{ productId: 'c', quantity: 6, unitPrice: null }, B])
    const without = [B]
    expect(changedItems(without, change)).toBe(without)
  })

  it('tells when there would be too many', () => {
    expect(itemsFault([A])).toBeNull()
    expect(itemsFault([{ ...A, quantity: 1000 }])).toContain('999')
  })
})
