import { describe, expect, it } from 'vitest'
import type { SubscriptionForm } from '../../../../contract/subscription-form'
import { readTerms, termsOf } from './terms'

const A = '00000000-0000-4000-8000-00000000000a'
const B = '00000000-0000-4000-8000-00000000000b'

const kept: SubscriptionForm = {
  customerId: null,
  itemMode: 'alternating',
  sets: [[{ productId: A, quantity: 1, unitPrice: null }], [{ productId: B, quantity: 2, unitPrice: 900 }]],
  priceSteps: [{ fromTurn: 1, toTurn: 1, kind: 'percent-off', value: 50, label: '' }],
  rule: { kind: 'month-weekday', every: 1, nth: 5, weekday: 2, missing: 'pass-over' },
  startOn: '2026-12-01',
  minTurns: 3,
  lastTurn: null,
  shipTo: { kind: 'customer' },
  slotCode: null,
  gift: { noshi: null, wrapping: false, bag: false, message: '' },
  payment: { method: null, cardId: null },
  channel: 'phone',
  offerCode: '',
  medium: '',
  note: '',
  consent: true,
}
const products = [
  { id: A, code: 'A101', name: '黒酢' },
  { id: B, code: 'B202', name: '梅' },
]

describe('the terms of a contract as they are typed', () => {
  it('come back as they were kept, with the names of their products', () => {
    const terms = termsOf(kept, products)
    expect(terms.sets[1]?.[0]).toMatchObject({ code: 'B202', name: '梅', quantity: 2 })
    const { kept: read, unread } = readTerms(terms, kept)
    expect(unread).toEqual([])
    expect(kept).toMatchObject(read)
  })

  it('keep what was there while a field is half typed, and name the field', () => {
    const terms = termsOf(kept, products)
    const half = {
      ...terms,
      minTurns: 100,
      rule: { ...terms.rule, everyMonths: null },
      steps: [{ fromTurn: 1, toTurn: null, kind: 'percent-off' as const, value: 120 }],
      sets: terms.sets.map((set) => set.map((item) => ({ ...item, quantity: null }))),
    }
    const { kept: read, unread } = readTerms(half, kept)
    expect(unread).toEqual(['rule', 'sets.0.0.quantity', 'sets.1.0.quantity', 'steps.0.value', 'minTurns'])
    expect(kept).toMatchObject(read)
  })

  it('have one set when every turn is the same', () => {
    const { kept: read } = readTerms({ ...termsOf(kept, products), itemMode: 'fixed' }, kept)
    expect(read.sets).toHaveLength(1)
  })
})
