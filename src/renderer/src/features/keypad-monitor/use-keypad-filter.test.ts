import { describe, expect, it } from 'vitest'
import { KeypadFilter } from '../../../../contract/keypad-monitor'
import { addressOf, viewOf } from './use-keypad-filter'

const SHOP = '01890a5d-ac96-774b-bcce-b302099a8057'

const roundTrip = (address: string) => viewOf(address.split('?')[1] ?? '')

describe('the filter and order of the keypad list in the address', () => {
  it('come back from their own address', () => {
    const view = {
      filter: KeypadFilter.parse({
        text: 'A1 & 受付',
        state: ['unregistered', 'offline'],
        shopId: [SHOP],
        model: ['SREDKey 2'],
        p2pe: ['running-low'],
        update: ['planned', 'failed'],
      }),
      sort: 'shop',
      descending: true,
    } as const
    expect(roundTrip(addressOf(view))).toEqual(view)
  })

  it.each([
    ['last-seen', true, '/keypads'],
    ['last-seen', false, '/keypads?order=up'],
    ['serial', false, '/keypads?sort=serial'],
    ['serial', true, '/keypads?sort=serial&order=down'],
  ] as const)('by %s, descending %s, is %s', (sort, descending, address) => {
    const view = { filter: KeypadFilter.parse({}), sort, descending }
    expect(addressOf(view)).toBe(address)
    expect(roundTrip(address)).toEqual(view)
  })

  it('are empty for an address that means nothing', () => {
    expect(viewOf('state=stolen&shop=here&sort=colour')).toEqual({
      filter: KeypadFilter.parse({}),
      sort: 'last-seen',
      descending: true,
    })
  })
})
