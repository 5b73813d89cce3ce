import type { IpcMainEvent, WebContents } from 'electron'
import { mayNavigate } from './navigation'

/** True when a message comes from the top frame of one of our own windows, showing our own origin. */
export function isTrustedSender(event: IpcMainEvent, windows: Iterable<WebContents>): boolean {
  const frame = event.senderFrame
  if (!frame || frame.parent !== null) return false
  if (!mayNavigate(frame.url)) return false
  for (const contents of windows) if (contents === event.sender) return true
  return false
}
