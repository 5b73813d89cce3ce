import { z } from 'zod'
import type { CallSource } from '../../contract/calls'
import { callArguments, callOfLink } from '../domain/calls/call-arguments'
import { readCaller, type Caller } from '../domain/calls/caller'

/** Calls that are kept until the desk is open. */
const MAX_EARLY = 5

/** What a second start hands to the running desk: its own arguments, which Chromium would put in another order. */
const Handed = z.object({ argv: z.array(z.string().max(400)).max(40) })

export type Ring = (caller: Caller, source: CallSource) => void

/** Where calls come in from outside the program. Whatever is no caller is dropped without a trace. */
export interface CallEntrance {
  /** A command line, of this start or of another one. False when it was not about a call. */
  started(argv: readonly string[], handed?: unknown): boolean
  /** A link that the system opens with this program (macOS). */
  link(url: string): void
  /** From now on calls ring here; those that came before, too. */
  openTo(ring: Ring): void
}

/** The arguments as another start should hand them on. */
export const handedArguments = (argv: readonly string[]): { argv: string[] } => ({
  argv: argv.filter((argument) => argument.length <= 400).slice(0, 40),
})

export function callEntrance(): CallEntrance {
  const early: (readonly [Caller, CallSource])[] = []
  let ring: Ring = (caller, source) => {
    if (early.length < MAX_EARLY) early.push([caller, source])
  }
  const take = (text: string, source: CallSource): void => {
    const caller = readCaller(text)
    if (caller) ring(caller, source)
  }
  return {
    started(argv, handed) {
      const given = Handed.safeParse(handed)
      const found = callArguments(given.success ? given.data.argv : argv)
      for (const { text, source } of found.callers) take(text, source)
      return found.meant
    },
    link(url) {
      const text = callOfLink(url)
      if (text !== null) take(text, 'link')
    },
    openTo(next) {
      ring = next
      for (const [caller, source] of early.splice(0)) next(caller, source)
    },
  }
}
