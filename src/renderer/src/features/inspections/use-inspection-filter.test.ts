import { describe, expect, it } from 'vitest'
import { inspectionsAddress, viewOf } from './use-inspection-filter'

describe('the address of テンキーの点検', () => {
  it('carries view, month and filter there and back', () => {
    const shown = {
      view: 'calendar' as const,
      month: '2026-12',
      filter: {
        text: '受注1 & 2',
        status: ['overdue' as const, 'failed' as const],
        shopId: ['0190a0a0-0000-7000-8000-000000000001'],
        dueFrom: '2026-12-01',
        dueTo: null,
      },
    }
    const address = inspectionsAddress(shown)
    expect(viewOf(address.slice(address.indexOf('?') + 1))).toEqual(shown)
  })

  it('takes nonsense as nothing', () => {
    const plain = viewOf('')
    expect(viewOf('view=x&month=2026-13&status=never&from=tomorrow')).toEqual(plain)
    expect(inspectionsAddress(plain)).toBe('/inspections')
  })
})
