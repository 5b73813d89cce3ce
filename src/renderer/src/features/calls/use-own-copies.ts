import { useEffect } from 'react'
import { MAX_COPIED } from '../../../../contract/calls'
import { client } from '../../lib/client'

/**
 * Tells main what this window copies: a number from our own screens is no call. It is said in the event, which comes
 * before the clipboard is written, so that the word is on its way first, however slow this window is.
 */
export function useOwnCopies(): void {
  useEffect(() => {
    const copied = () => {
      const text = (window.getSelection()?.toString() ?? '').trim()
      if (text !== '' && text.length <= MAX_COPIED) void client.calls.copied({ text }).catch(() => undefined)
    }
    const events = ['copy', 'cut'] as const
    for (const event of events) window.addEventListener(event, copied, true)
    return () => {
      for (const event of events) window.removeEventListener(event, copied, true)
    }
  }, [])
}
