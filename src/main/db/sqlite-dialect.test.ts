import { expect, it } from 'vitest'
import { TransactionGate } from './sqlite-dialect'

it('one transaction at a time, however many wait for the same one, and no statement of others within it', async () => {
  const gate = new TransactionGate()
  let open = 0
  const within: number[] = []
  const transaction = async () => {
    const leave = await gate.enter()
    open += 1
    within.push(open)
    await Promise.resolve()
    open -= 1
    leave()
  }
  const statement = async () => {
    while (gate.open) await gate.open
    within.push(open + 1)
  }
  await Promise.all([transaction(), transaction(), statement(), transaction(), statement(), transaction()])
  expect(within).toEqual(Array.from({ length: 6 }, () => 1))
})
