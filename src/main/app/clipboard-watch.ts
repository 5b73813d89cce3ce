import { readCopiedNumber, type Caller } from '../domain/calls/caller'

export interface ClipboardWatch {
  /** Looks once. Does nothing, and reads nothing, unless it is wanted now. */
  look(): Promise<void>
  /** What lies on the clipboard now was copied by this program: it is no call. */
  ownCopy(): Promise<void>
}

/**
 * Watches the clipboard for a telephone number that a softphone copies. Only whether the text is a whole number and
 * nothing else is looked at; of everything else not even a trace is kept. What lay there before the watch began is
 * no call.
 */
export function watchClipboard(options: {
  /** True while the setting is on and somebody is signed in. */
  readonly wanted: () => boolean
  readonly read: () => string | Promise<string>
  readonly onCaller: (caller: Caller) => void
}): ClipboardWatch {
  /** The number that was seen last; undefined while nothing is watched. */
  let seen: string | null | undefined
  const number = async (): Promise<Caller | null> => readCopiedNumber(await options.read())
  return {
    async look() {
      if (!options.wanted()) {
        seen = undefined
        return
      }
      const caller = await number()
      const before = seen
      seen = caller?.phone ?? null
      if (before !== undefined && caller !== null && caller.phone !== before) options.onCaller(caller)
    },
    async ownCopy() {
      if (seen !== undefined) seen = (await number())?.phone ?? null
    },
  }
}
