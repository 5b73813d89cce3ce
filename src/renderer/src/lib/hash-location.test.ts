import { describe, expect, it } from 'vitest'
import { splitAddress } from './hash-location'

describe('an address of the desk', () => {
  it('is a path and a query that belongs to it alone', () => {
    expect(splitAddress('/orders?text=a%3Fb&status=new')).toEqual({
      path: '/orders',
      query: 'text=a%3Fb&status=new',
    })
    expect(splitAddress('/customers')).toEqual({ path: '/customers', query: '' })
  })
})
