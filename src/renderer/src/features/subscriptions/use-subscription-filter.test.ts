import { expect, it } from 'vitest'
import { SubscriptionFilter } from '../../../../contract/subscription-views'
import { addressOf, filterOf } from './use-subscription-filter'

const searchOf = (address: string) => address.split('?')[1] ?? ''

it('an address says the whole filter', () => {
  const filter = SubscriptionFilter.parse({
    text: 'サトウ',
    status: ['active', 'paused'],
    nextFrom: '2026-12-01',
    nextTo: '2026-12-31',
    productId: '0190a0f0-0000-7000-8000-000000000001',
    customerId: '0190a0f0-0000-7000-8000-000000000002',
    turnFrom: 2,
    turnTo: 5,
    failedTries: 1,
    attention: true,
    cardExpires: true,
    cancelReason: 'price',
  })
  expect(filterOf(searchOf(addressOf(filter, 'newest')))).toEqual(filter)
})

it('the plain list has the plain address', () => {
  expect(addressOf(SubscriptionFilter.parse({}), 'next')).toBe('/subscriptions')
})

it('what nobody can mean is as if it were not there', () => {
  expect(filterOf('turnFrom=abc&status=good')).toEqual(SubscriptionFilter.parse({}))
})
