import { describe, expect, it } from 'vitest'
import { queryOf, viewOf } from './use-customer-filter'

describe('the address of 顧客一覧', () => {
  it.each([
    '',
    'text=%E4%BD%90%E8%97%A4',
    'text=1234&prefecture=%E6%9D%B1%E4%BA%AC%E9%83%BD&tag=VIP&blacklist=listed&from=2026-01-01&to=2026-11-23',
    'sort=kana&order=down',
    'order=up',
  ])('%s stays itself', (query) => {
    expect(queryOf(viewOf(query))).toBe(query)
  })

  it('shows everybody when it cannot be read', () => {
    expect(queryOf(viewOf('from=yesterday&text=a'))).toBe('')
    expect(viewOf('sort=price').sort).toBe('number')
  })
})
