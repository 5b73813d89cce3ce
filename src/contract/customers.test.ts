import { expect, it } from 'vitest'
import { customers } from './customers'

it.each([
  ['贈答', true],
  [' 贈答 ', true],
  ['', false],
  [' ', false],
  ['　', false],
])('the tag "%s" is taken: %s', (tag, taken) => {
  const { inputSchema } = customers.tag['~orpc']
  const asked = { tag, on: true, to: { ids: ['01a22334-e632-7312-a3c4-9705387bec5b'] } }
  expect(inputSchema?.safeParse(asked).success).toBe(taken)
})
