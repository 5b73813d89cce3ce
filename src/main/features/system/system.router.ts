import { implement } from '@orpc/server'
import { system, type DeskEvent, type SystemInfo } from '../../../contract/system'
import type { CallContext } from '../../platform/call-context'
import { streamOf, type Emitter } from '../../platform/emitter'
import { newSupportCode, type Log } from '../../platform/log'

const os = implement(system).$context<CallContext>()

export interface SystemDoor {
  readonly log: Log
  info(): Promise<SystemInfo>
  events(): Emitter<DeskEvent>
  /** What a window is told first: both lamps as they are now. */
  firstEvents(): readonly DeskEvent[]
  openExternal(link: 'postal-code-search' | 'keypad-provider'): Promise<void>
}

export function systemRouter(door: SystemDoor) {
  return os.router({
    info: os.info.handler(() => door.info()),
    events: os.events.handler(({ signal }) => streamOf(door.events(), signal, door.firstEvents())),
    openExternal: os.openExternal.handler(async ({ input }) => {
      await door.openExternal(input.link)
      return null
    }),
    reportCrash: os.reportCrash.handler(({ input }) => {
      const supportCode = newSupportCode()
      door.log.error({ supportCode, stack: input.stack, what: input.message }, 'screen crashed')
      return { supportCode }
    }),
  })
}
