import { expect, it } from 'vitest'
import { readWhole } from './whole-number'

it.each([
  ['1980', 1980],
  ['１，９８０', 1980],
  ['￥1,980', 1980],
  ['1980円', 1980],
  ['ー３', -3],
  ['−3', -3],
  [' ', null],
  ['', null],
  ['-', undefined],
  ['12.5', undefined],
  ['千円', undefined],
  ['1234567890', undefined],
] as const)('%s is read as %s', (typed, value) => expect(readWhole(typed)).toBe(value))
