import { describe, expect, it } from 'vitest'
import { auditTurns, type TurnBooks } from '../support/subscription-auditor'

const cycle = {
  subscription_id: 's1',
  turn: 2,
  status: 'authorized',
  order_id: 'o1',
  checkout_id: 'c1',
}
const order = { id: 'o1', checkout_id: 'c1', total: 3_980 }
const payment = { id: 'p1', checkout_id: 'c1', order_id: 'o1', status: 'authorized', amount: 3_980 }
const theirs = {
  service: 'sim-key',
  payment_id: 'p1',
  amount: 3_980,
  state: 'authorized',
  transaction_id: 't1',
  captured: 0,
  refunded: 0,
  code: null,
  raw_code: null,
  moto: 1,
  initiator: 'merchant',
  first_transaction_id: 't0',
  created_at: 1,
}
const clean: TurnBooks = {
  due: [{ subscriptionId: 's1', turn: 2 }],
  cycles: [cycle],
  orders: [order],
  payments: [payment],
  acquirer: [theirs],
}

describe('the auditor of turns', () => {
  it('has nothing to say of books that agree', () => {
    expect(auditTurns(clean)).toEqual([])
  })

  it.each<[string, Partial<TurnBooks>, string]>([
    ['a turn that was lost', { cycles: [] }, '0 cycles'],
    ['a turn that was made twice', { cycles: [cycle, cycle] }, '2 cycles'],
    ['a turn that was not due', { cycles: [cycle, { ...cycle, turn: 3 }] }, 'was not due'],
    ['a turn without its order', { orders: [] }, '0 orders'],
    ['two orders of a turn', { orders: [order, { ...order, id: 'o2' }] }, '2 orders'],
    ['a turn that waits', { cycles: [{ ...cycle, status: 'ordered' }] }, ': ordered'],
    ['a hold that only they know of', { payments: [] }, 'unknown here'],
    ['a hold that only we know of', { acquirer: [] }, '0 times there'],
    [
      'two holds there',
      { acquirer: [theirs, { ...theirs, transaction_id: 't2' }] },
      'authorized 2 times there',
    ],
    ['two holds here', { payments: [payment, { ...payment, id: 'p2' }] }, 'authorized 2 times here'],
    ['a hold for another order', { payments: [{ ...payment, order_id: 'o9' }] }, 'paid for another order'],
    ['another amount', { acquirer: [{ ...theirs, amount: 1 }] }, 'another amount there'],
    ['a charge by the customer', { acquirer: [{ ...theirs, initiator: 'customer' }] }, 'not by the merchant'],
  ])('finds %s', (_name, fault, words) => {
    expect(auditTurns({ ...clean, ...fault }).join('\n')).toContain(words)
  })
})
