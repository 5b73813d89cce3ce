import { describe, expect, it } from 'vitest'
import { inTurn, judged, runGates, vitestShards } from './gates.mjs'

const counts = (passed, failed) => ({ passed, failed, skipped: [] })

describe('a gate', () => {
  it('passes only when its runner ended well and counted tests', () => {
    expect(judged('x', 0, '', counts(3, 0))).toMatchObject({ passed: 3, failed: 0 })
    expect(judged('x', 1, '', counts(3, 0)).failed).toBe(1)
    expect(judged('x', 0, '', counts(0, 0)).failed).toBe(1)
    expect(judged('x', 1, '', null).failed).toBe(1)
    expect(judged('x', 0, '', counts(2, 2)).failed).toBe(2)
  })
})

describe('lanes', () => {
  it('share gates out: each is run once, and a lane begins with its own', async () => {
    const begun = []
    const gate = (name) => ({
      name,
      async run() {
        begun.push(name)
        await new Promise((resolve) => setImmediate(resolve))
        return counts(1, 0)
      },
    })
    const shared = ['c', 'd', 'e', 'f'].map(gate)[Symbol.iterator]()
    const total = await runGates([inTurn([gate('a')], shared), inTurn([gate('b')], shared), inTurn(shared)])
    expect(total).toEqual(counts(6, 0))
    expect(begun.slice(0, 3)).toEqual(['a', 'b', 'c'])
    expect(begun.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  it('are red when one gate is', async () => {
    const dies = { name: 'x', run: async () => judged('x', 1, '', null) }
    expect((await runGates([[dies], []])).failed).toBe(1)
  })

  it('get the files of a project in parts that make up the whole', () => {
    const names = vitestShards('integration', {}).map(({ name }) => name)
    expect(names[0]).toBe(`integration 1/${names.length}`)
    expect(new Set(names).size).toBe(names.length)
  })
})
