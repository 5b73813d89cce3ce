import { describe, expect, it } from 'vitest'
import { rebase } from './rebase'

const before = { name: '佐藤', phone: '0312345678', note: '' }

describe('changes over a newer version', () => {
  it('follow the other screen where only it has changed', () => {
    const latest = { ...before, phone: '09000000000' }
    expect(rebase(before, { ...before, note: '不在' }, latest)).toEqual({
      values: { name: '佐藤', phone: '09000000000', note: '不在' },
      clashes: [],
    })
  })

  it('keep what was typed and name the field where both have changed', () => {
    const latest = { ...before, phone: '09000000000' }
    const typed = { ...before, phone: '08011111111' }
    expect(rebase(before, typed, latest)).toEqual({ values: typed, clashes: ['phone'] })
  })

  it('see no clash where both typed the same', () => {
    const typed = { ...before, name: '斎藤' }
    expect(rebase(before, typed, typed).clashes).toEqual([])
  })
})
