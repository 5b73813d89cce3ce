import { describe, expect, it } from 'vitest'
import { OrderFilter } from '../../../../contract/orders'
import { addressOf, filterOf } from './use-order-filter'

describe('the filter of the order list in the address', () => {
  it('comes back from its own address', () => {
    const filter = OrderFilter.parse({
      text: '佐藤 & 花子',
      status: ['new', 'shipped'],
      paymentMethod: ['card'],
      from: '2026-11-01',
      to: '2026-11-30',
      keypad: 'TEST000001',
      shopId: '0193a6c0-0000-7000-8000-000000000001',
    })
    expect(filterOf(addressOf(filter).split('?')[1] ?? '')).toEqual(filter)
  })

  it('is empty for an address that means nothing', () => {
    expect(filterOf('status=stolen&from=yesterday')).toEqual(OrderFilter.parse({}))
    expect(addressOf(OrderFilter.parse({}))).toBe('/orders')
  })
})
