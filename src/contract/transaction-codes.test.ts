import { describe, expect, it } from 'vitest'
import { isTransactionCode, TRANSACTION_CODES } from './transaction-codes'

const all = Object.entries(TRANSACTION_CODES)

describe('the transaction codes', () => {
  it('are the 26 of the guide', () => {
    expect(all.map(([code]) => code).sort()).toEqual(
      '101 102 103 104 106 107 108 109 110 111 201 202 203 205 207 208 301 401 404 501 504 505 506 901 991 999'.split(
        ' ',
      ),
    )
    expect(isTransactionCode('toString')).toBe(false)
  })

  it('all say what happened, what to do and what to say', () => {
    for (const [, row] of all) {
      for (const text of [row.title, row.action, row.say]) expect(text).toMatch(/。$/)
    }
  })

  it('make a stolen card look and sound like any card that is refused', () => {
    const [refused, stolen] = [TRANSACTION_CODES['101'], TRANSACTION_CODES['301']]
    expect([stolen.title, stolen.say]).toEqual([refused.title, refused.say])
  })

  it('never ask for another try where it is pointless', () => {
    expect(all.filter(([, row]) => row.hard && row.retry)).toEqual([])
  })

  it('never tell a caller of theft, loss, limits or balance', () => {
    for (const [, row] of all) expect(row.say).not.toMatch(/盗|紛失|限度額|残高|不正|事故/)
  })
})
