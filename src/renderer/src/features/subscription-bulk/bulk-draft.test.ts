import { describe, expect, it } from 'vitest'
import { draftOf, EMPTY, wishOfDraft } from './bulk-draft'

const A = { id: 'a', code: 'A1', name: '青汁', price: 3000, priceKind: 'gross' as const }
const B = { id: 'b', code: 'B1', name: '新しい青汁', price: 3200, priceKind: 'net' as const }

describe('a 一括変更 as it is typed', () => {
  it('means contracts in all states when none is chosen', () => {
    const answer = wishOfDraft({ ...EMPTY, prices: [{ product: A, price: 3300 }] })
    expect('wish' in answer && answer.wish.filter.states).toEqual(['active', 'paused', 'payment-stopped'])
  })

  it('names every field that is missing, of the chosen kind only', () => {
    const nothing = wishOfDraft({ ...EMPTY, start: 'date', filter: { ...EMPTY.filter, turnTo: 0 } })
    expect('faults' in nothing && [...nothing.faults]).toEqual([
      ['prices', 'prices'],
      ['filter.turnTo', 'turn'],
      ['fromDate', 'fromDate'],
    ])
    const replace = wishOfDraft({ ...EMPTY, kind: 'replace', priced: 'agreed', perOne: 0, from: A })
    expect('faults' in replace && [...replace.faults.keys()]).toEqual(['by', 'perOne', 'agreed'])
    const dear = wishOfDraft({ ...EMPTY, prices: [{ product: A, price: 10_000_000 }] })
    expect('faults' in dear && dear.faults.get('prices.a')).toBe('amount')
  })

  it('is the same again when it is made anew from its wish', () => {
    const price = { ...EMPTY, prices: [{ product: A, price: 3300 }], reason: '値上げ' }
    const replace = { ...EMPTY, kind: 'replace' as const, from: A, by: B, perOne: 2, start: 'date' as const }
    for (const draft of [price, { ...replace, fromDate: '2027-01-01' }]) {
      const answer = wishOfDraft(draft)
      if (!('wish' in answer)) throw new Error('not whole')
      expect(draftOf({ wish: answer.wish, products: [A, B] })).toEqual(draft)
    }
  })
})
