import { readCopiedNumber, type Caller } from '../domain/calls/caller'

export interface ClipboardWatch {
  /** Looks once. Does nothing, and reads nothing, unless it is wanted now. */
  look(): Promise<void>
  /** Our window is copying this text: the number that it is, lying on the clipboard, is no call. */
  ownCopy(text: string): void
}

/**
 * For so many looks the word of the window holds: the number may come to lie on the clipboard only after the next
 * look, is seen at the one after that, and judged at the third.
 */
const WORD_HOLDS = 3

/**
 * Watches the clipboard for a telephone number that a softphone copies. Only whether the text is a whole number and
 * nothing else is looked at; of everything else not even a trace is kept. What lay there before the watch began is
 * no call.
 *
 * A number rings at the look after the one that saw it, for the window may only then have said that it was its own
 * copy. The wait is counted in looks and not by a clock: a main process that stood still heard nothing of the
 * window in that time, while between two looks it hears all that was sent. The number belongs to the word, so that a
 * call that comes beside a copy of something else still rings.
 */
export function watchClipboard(options: {
  /** True while the setting is on and somebody is signed in. */
  readonly wanted: () => boolean
  readonly read: () => string | Promise<string>
  readonly onCaller: (caller: Caller) => void
}): ClipboardWatch {
  /** The number that was seen last; undefined while nothing is watched. */
  let seen: string | null | undefined
  /** Came at the last look: a call, unless the window says otherwise before the next. */
  let fresh: Caller | null = null
  /** Numbers that the window copied, with the looks for which its word still holds. */
  const own = new Map<string, number>()

  const judge = (caller: Caller): void => {
    if (!own.delete(caller.phone)) options.onCaller(caller)
  }
  const age = (): void => {
    for (const [phone, looks] of own) {
      if (looks > 1) own.set(phone, looks - 1)
      else own.delete(phone)
    }
  }
  return {
    async look() {
      if (!options.wanted()) {
        seen = undefined
        fresh = null
        own.clear()
        return
      }
      const caller = readCopiedNumber(await options.read())
      if (fresh) judge(fresh)
      const changed = seen !== undefined && caller !== null && caller.phone !== seen
      fresh = changed ? caller : null
      seen = caller?.phone ?? null
      age()
    },
    ownCopy(text) {
      const phone = readCopiedNumber(text)?.phone
      if (phone !== undefined && options.wanted()) own.set(phone, WORD_HOLDS)
    },
  }
}
