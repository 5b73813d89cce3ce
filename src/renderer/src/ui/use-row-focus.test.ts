import { describe, expect, it } from 'vitest'
import { rowAfterKey } from './use-row-focus'

describe('keys in a list', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['ArrowDown', 99, 99],
    ['ArrowUp', 0, 0],
    ['PageDown', 95, 99],
    ['PageUp', 5, 0],
    ['Home', 42, 0],
    ['End', 42, 99],
  ])('%s from row %i leads to row %i of 100', (key, at, to) => {
    expect(rowAfterKey(key, at, 100)).toBe(to)
  })

  it('leave every other key alone', () => {
    expect(rowAfterKey('a', 0, 100)).toBeNull()
    expect(rowAfterKey('Tab', 0, 100)).toBeNull()
  })
})
