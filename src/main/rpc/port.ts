import { ipcMain, type WebContents } from 'electron'
import type { RPCHandler } from '@orpc/server/message-port'
import type { CallContext, Seat } from '../platform/call-context'
import type { Log } from '../platform/log'
import { isTrustedSender } from '../security/sender'
import { guardedPort } from './guarded-port'

/** Takes the ports that our own pages hand over and answers their calls; every other sender is refused. */
export function acceptPorts(options: {
  handler: RPCHandler<CallContext>
  windows: () => Iterable<WebContents>
  seatOf: (contents: WebContents) => Seat
  log: Log
}): void {
  ipcMain.on('uketsuke:port', (event) => {
    const [port] = event.ports
    if (!port) return
    if (!isTrustedSender(event, options.windows())) {
      options.log.warn('port from a foreign sender refused')
      port.close()
      return
    }
    const seat = options.seatOf(event.sender)
    const guarded = guardedPort(port, () => options.log.warn('malformed message dropped'))
    options.handler.upgrade(guarded, { context: { seat } })
    port.start()
  })
}
