import { describe, expect, it } from 'vitest'
import type { BulkChange } from '../../../contract/subscription-bulk'
import { changedItems, itemsFault } from './bulk-change'

const A = { productId: 'a', quantity: 2, unitPrice: 1000 }
const B = { productId: 'b', quantity: 1, unitPrice: null }
const RAISE: BulkChange = { kind: 'price', prices: [{ productId: 'a', price: 1200 }] }
const REPLACE: BulkChange = { kind: 'replace', productId: 'a', byProductId: 'c', perOne: 3, price: null }

describe('a change of the goods of many contracts', () => {
  it('gives a product another price, and leaves what costs so already', () => {
    expect(changedItems([A, B], RAISE)).toEqual([{ ...A, unitPrice: 1200 }, B])
    const same = [{ ...A, unitPrice: 1200 }, B]
    expect(changedItems(same, RAISE)).toBe(same)
  })

  it('fixes the price of the day, and changes only the lines that are meant', () => {
    expect(changedItems([{ ...A, unitPrice: null }], RAISE)).toEqual([{ ...A, unitPrice: 1200 }])
    const special = { ...A, unitPrice: 800 }
    expect(changedItems([A, special], RAISE, ({ unitPrice }) => unitPrice === 1000)).toEqual([
      { ...A, unitPrice: 1200 },
      special,
    ])
  })

  it('puts so many of one product in the place of another', () => {
    expect(changedItems([A, B], REPLACE)).toEqual([{ productId: 'c', quantity: 6, unitPrice: null }, B])
    const without = [B]
    expect(changedItems(without, REPLACE)).toBe(without)
  })

  it('makes one line of what is there already at the same price, and refuses another one', () => {
    const there = { productId: 'c', quantity: 1, unitPrice: null }
    const joined = changedItems([there, A], REPLACE)
    expect(joined).toEqual([{ ...there, quantity: 7 }])
    expect(itemsFault(joined, REPLACE)).toBeNull()
    const dearer = changedItems([{ ...there, unitPrice: 500 }, A], REPLACE)
    expect(itemsFault(dearer, REPLACE)).toContain('別の単価')
  })

  it('tells when there would be too many', () => {
    expect(itemsFault([A], RAISE)).toBeNull()
    expect(itemsFault([{ ...A, quantity: 1000 }], RAISE)).toContain('999')
  })
})
