import { sessionOf, type CallContext } from '../platform/call-context'
import type { Actor } from './deps'

/** Who acts, from the session of the seat. */
export function actorOf(context: CallContext): Actor {
  const session = sessionOf(context)
  return { userId: session.userId, userName: session.name, shopId: session.shop.id, seat: context.seat.name }
}
