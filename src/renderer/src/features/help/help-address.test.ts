import { describe, expect, it } from 'vitest'
import { addressOfHelp, helpViewOf } from './help-address'

describe('an address of the help', () => {
  it('searches for the code that stands in it', () => {
    expect(helpViewOf('106', '')).toEqual({ text: '106', kind: null, chosen: null })
  })

  it('says what is typed, filtered and read, and comes back the same', () => {
    const view = { text: 'Wi-Fi 設定', kind: 'update', chosen: 'update-10A' } as const
    const address = addressOfHelp(view)
    expect(helpViewOf(null, address.slice(address.indexOf('?') + 1))).toEqual(view)
    expect(addressOfHelp({ text: '', kind: null, chosen: null })).toBe('/help/codes')
  })

  it('does not trust a kind that there is not', () => {
    expect(helpViewOf(null, 'kind=other').kind).toBeNull()
  })
})
