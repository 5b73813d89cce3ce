import { RPCHandler } from '@orpc/server/message-port'
import type { AnyRouter } from '@orpc/server'
import { z } from 'zod'
import { Permission } from '../../contract/permissions'
import type { Access } from '../../contract/permissions'
import type { CallContext } from '../platform/call-context'
import type { Clock } from '../platform/clock'
import type { Log } from '../platform/log'
import { checkAccess } from './access'
import { toScreenError } from './errors'

const Meta = z.object({ access: z.union([Permission, z.literal('public'), z.literal('session')]) })

/** The access rule that a procedure carries, or undefined when it has none (then nobody may call it). */
export function accessOf(procedure: { '~orpc': { meta: unknown } }): Access | undefined {
  const meta = Meta.safeParse(procedure['~orpc'].meta)
  return meta.success ? meta.data.access : undefined
}

/** The one handler for all windows: access first, then input, then the procedure; every error is mapped. */
export function createHandler(router: AnyRouter, deps: { clock: Clock; log: Log }): RPCHandler<CallContext> {
  return new RPCHandler<CallContext>(router, {
    clientInterceptors: [
      async (call) => {
        try {
          checkAccess(accessOf(call.procedure), call.context.seat, deps.clock)
          return await call.next()
        } catch (error) {
          throw toScreenError(error, call.procedure['~orpc'].errorMap, call.path, deps.log)
        }
      },
    ],
  })
}
