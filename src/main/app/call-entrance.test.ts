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
  /** What happens between two looks of the watch is one call of `step`. */
  async function watched(first: string) {
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
    const look = async (times: number) => {
      for (let at = 0; at < times; at++) await watch.look()
    }
    const write = (text: string) => {
      state.text = text
    }
    const step = async (...happenings: (() => void)[]) => {
      for (const happening of happenings) happening()
      await watch.look()
    }
    await look(1)
    return { state, calls, watch, look, write, step }
  }

  it('rings for a number that was copied, once, and for nothing that lay there before', async () => {
    const { calls, look, write, step } = await watched('0312345678')
    await look(3)
    await step(() => write('090-1234-5678'))
    await look(3)
    expect(calls).toEqual(['09012345678'])
    for (const text of ['請求書の件', '4111 1111 1111 1111', '090-1234-5678']) await step(() => write(text))
    await look(3)
    expect(calls).toEqual(['09012345678', '09012345678'])
  })

  it('is not even read while it is not wanted, and starts anew afterwards', async () => {
    const { state, calls, look, write, step } = await watched('')
    await step(() => write('0398765432'))
    state.wanted = false
    const { reads } = state
    await step(() => write('0312345678'))
    expect(state.reads).toBe(reads)
    state.wanted = true
    await look(3)
    expect(calls).toEqual([])
  })

  const OWN = '03-1234-5678'
  it('what the window copied is no call, wherever the looks fall between its copy and its word', async () => {
    const races = {
      'word and copy, then a look': async ({ watch, write, step }: Awaited<ReturnType<typeof watched>>) =>
        step(
          () => watch.ownCopy(OWN),
          () => write(OWN),
        ),
      'copy, a look, and only then the word': async ({ watch, write, step }) => {
        await step(() => write(OWN))
        await step(() => watch.ownCopy(OWN))
      },
      'word, a look, and only then the copy': async ({ watch, write, step }) => {
        await step(() => watch.ownCopy(OWN))
        await step(() => write(OWN))
      },
      'copied twice': async ({ watch, write, step }) => {
        await step(
          () => watch.ownCopy(OWN),
          () => write(OWN),
        )
        await step(() => watch.ownCopy(OWN))
      },
    } satisfies Record<string, (at: Awaited<ReturnType<typeof watched>>) => Promise<void>>
    for (const [name, race] of Object.entries(races)) {
      const at = await watched('')
      await race(at)
      await at.look(5)
      expect(at.calls, name).toEqual([])
    }
  })

  it('a call beside a copy of our own rings, and so does one that the clipboard holds no more', async () => {
    const { calls, watch, look, write, step } = await watched('')
    await step(
      () => watch.ownCopy(OWN),
      () => write('0398765432'),
    )
    await step(
      () => write(OWN),
      () => watch.ownCopy(OWN),
    )
    await look(3)
    expect(calls).toEqual(['0398765432'])
  })

  it('the same number later is a call again, even when its copy in the window never came to be seen', async () => {
    for (const text of ['請求書の件', '0398765432']) {
      const { calls, watch, look, write, step } = await watched('')
      await step(
        () => watch.ownCopy(OWN),
        () => write(OWN),
        () => write(text),
      )
      await look(3)
      calls.length = 0
      await step(() => write(OWN))
      await look(1)
      expect(calls).toEqual(['0312345678'])
    }
  })

  it('a word while nothing is watched is not kept', async () => {
    const { state, calls, watch, look, write, step } = await watched('')
    state.wanted = false
    watch.ownCopy(OWN)
    state.wanted = true
    await step(() => write(OWN))
    await look(1)
    expect(calls).toEqual(['0312345678'])
  })
})
