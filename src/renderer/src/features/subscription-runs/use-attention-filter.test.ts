import { expect, it } from 'vitest'
import { AttentionFilter } from '../../../../contract/subscription-run-views'
import { addressOf, filterOf } from './use-attention-filter'

const searchOf = (address: string) => address.split('?')[1] ?? ''

it('an address says the whole filter', () => {
  const filter = AttentionFilter.parse({
    show: 'all',
    reasons: ['card-expired', 'no-card'],
    text: 'サトウ',
  })
  expect(filterOf(searchOf(addressOf(filter, 'amount')))).toEqual(filter)
})

it('the plain list has the plain address', () => {
  expect(addressOf(AttentionFilter.parse({}), 'ship')).toBe('/subscriptions/attention')
})

it('what nobody can mean is as if it were not there', () => {
  expect(filterOf('show=everything&reason=weather')).toEqual(AttentionFilter.parse({}))
})
