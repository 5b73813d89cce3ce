import { describe, expect, it } from 'vitest'
import { callEntrance, handedArguments } from './call-entrance'
import { watchClipboard } from './clipboard-watch'

function heard() {
  const entrance = callEntrance()
  const calls: string[] = []
  entrance.openTo((caller, source) => calls.push(`${source} ${caller.kind} ${caller.phone}`))
  return { entrance, calls }
}

describe('calls from outside', () => {
  it('those before the desk is open ring when it is', () => {
    const entrance = callEntrance()
    const calls: string[] = []
    entrance.started(['uketsuke', '--call', '03-1234-5678'])
    entrance.link('uketsuke://call?tel=%E9%9D%9E%E9%80%9A%E7%9F%A5')
    entrance.openTo((caller, source) => calls.push(`${source} ${caller.kind} ${caller.phone}`))
    expect(calls).toEqual(['argument number 0312345678', 'link withheld '])
  })

  it('a second start hands on its own arguments, since Chromium puts them in another order', () => {
    const { entrance, calls } = heard()
    const own = ['uketsuke', '--call', '0312345678']
    const disordered = ['uketsuke', '--call', '--allow-file-access', '0312345678']
    expect(entrance.started(disordered, handedArguments(own))).toBe(true)
    expect(calls).toEqual(['argument number 0312345678'])
  })

  it('a start without a call is told from one with a broken call', () => {
    const { entrance, calls } = heard()
    expect(entrance.started(['uketsuke', '--sample'])).toBe(false)
    expect(entrance.started(['uketsuke', 'uketsuke://call?tel=%00'])).toBe(true)
    expect(entrance.started(['uketsuke'], { argv: 'no list' })).toBe(false)
    expect(calls).toEqual([])
  })
})

describe('the clipboard', () => {
  function watched(first: string) {
    const state = { text: first, wanted: true, reads: 0 }
    const calls: string[] = []
    const watch = watchClipboard({
      wanted: () => state.wanted,
      read: () => {
        state.reads += 1
        return state.text
      },
      onCaller: ({ phone }) => calls.push(phone),
    })
    const copy = async (text: string) => {
      state.text = text
      await watch.look()
    }
    return { state, calls, watch, copy }
  }

  it('rings for a number that was copied, once, and for nothing that lay there before', async () => {
    const { calls, watch, copy } = watched('0312345678')
    await watch.look()
    await copy('090-1234-5678')
    await watch.look()
    await copy('請求書の件')
    await copy('4111 1111 1111 1111')
    await copy('090-1234-5678')
    expect(calls).toEqual(['09012345678', '09012345678'])
  })

  it('is not even read while it is not wanted, and starts anew afterwards', async () => {
    const { state, calls, watch, copy } = watched('')
    state.wanted = false
    await copy('0312345678')
    expect(state.reads).toBe(0)
    state.wanted = true
    await watch.look()
    expect(calls).toEqual([])
  })

  it('what this program copied itself is no call', async () => {
    const { state, calls, watch } = watched('')
    await watch.look()
    state.text = '0312345678'
    await watch.ownCopy()
    await watch.look()
    expect(calls).toEqual([])
  })
})
