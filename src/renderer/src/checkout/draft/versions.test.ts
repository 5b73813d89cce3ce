import { describe, expect, it } from 'vitest'
import type { CheckoutForm } from '../../../../contract/checkout'
import { differences, firstChoices, merged } from './versions'

const NAMES = { familyName: '', givenName: '', familyKana: '', givenKana: '' }
const PLACE = { postalCode: '', prefecture: '', city: '', address: '', building: '' }
const NO_FIELDS = { ...NAMES, phone: '', email: '', ...PLACE }

const base: CheckoutForm = {
  customer: { kind: 'new', fields: { ...NO_FIELDS, familyName: '佐藤', phone: '0312345678' } },
  lines: [],
  shipments: [
    {
      shipTo: { kind: 'customer' },
      deliverOn: null,
      slotCode: null,
      gift: { noshi: null, wrapping: false, bag: false, message: '' },
    },
  ],
  channel: 'phone',
  offerCode: '',
  medium: '',
  payment: { method: null, cardId: null, keepCard: false },
  note: '',
  discount: null,
  plan: { kind: 'one-time' },
}
const withFields = (fields: Partial<typeof NO_FIELDS>): CheckoutForm => ({
  ...base,
  customer: { kind: 'new', fields: { ...NO_FIELDS, familyName: '佐藤', phone: '0312345678', ...fields } },
})

describe('two versions of a draft', () => {
  it('are compared field by field, with who changed what', () => {
    const mine = { ...withFields({ givenName: '和子', city: '新宿区' }), note: '急ぎ' }
    const theirs = {
      ...withFields({ givenName: '一子', building: '2階' }),
      lines: [{ productId: '019aa000-0000-7000-8000-000000000001', quantity: 2, shipment: 0 }],
    }
    const found = differences(base, mine, theirs)
    expect(found.map(({ path, changedBy }) => `${path} ${changedBy}`)).toEqual([
      'customer.fields.givenName both',
      'customer.fields.city mine',
      'customer.fields.building theirs',
      'lines theirs',
      'note mine',
    ])
    const choices = new Map(firstChoices(found))
    expect(choices.has('customer.fields.givenName')).toBe(false)
    choices.set('customer.fields.givenName', 'theirs')
    expect(merged(theirs, found, choices)).toEqual({
      ...withFields({ givenName: '一子', city: '新宿区', building: '2階' }),
      lines: theirs.lines,
      note: '急ぎ',
    })
  })

  it('of another customer are one field', () => {
    const mine: CheckoutForm = { ...base, customer: { kind: 'none', phone: '03' } }
    const found = differences(base, mine, withFields({ city: '新宿区' }))
    expect(found.map(({ path }) => path)).toEqual(['customer'])
  })

  it.each([['mine'], ['theirs']] as const)('all chosen from one side are that side: %s', (side) => {
    const mine = { ...withFields({ givenName: '和子' }), note: '急ぎ', medium: '折込' }
    const theirs = { ...withFields({ givenName: '一子' }), offerCode: '01' }
    const found = differences(base, mine, theirs)
    const all = new Map(found.map(({ path }) => [path, side]))
    expect(merged(theirs, found, all)).toEqual(side === 'mine' ? mine : theirs)
  })
})
