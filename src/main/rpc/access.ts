import type { Access } from '../../contract/permissions'
import type { Clock } from '../platform/clock'
import { Refusal } from '../platform/refusal'
import type { Seat } from '../platform/call-context'

/** Locks a seat that nobody has touched for the shop's idle time (PCI DSS 8.2.8). True when it locked now. */
export function lockWhenIdle(seat: Seat, clock: Clock): boolean {
  const { session } = seat
  if (!session || session.locked) return false
  if (clock.now() - seat.lastTouchedAt < session.idleLockMinutes * 60_000) return false
  seat.session = { ...session, locked: true }
  return true
}

/** Throws a refusal unless the person at this seat may call a procedure with this access rule. */
export function checkAccess(access: Access | undefined, seat: Seat, clock: Clock): void {
  lockWhenIdle(seat, clock)
  if (access === 'public') return
  const { session } = seat
  if (!session) throw new Refusal('UNAUTHORIZED')
  if (access === 'session') return
  if (session.locked) throw new Refusal('LOCKED')
  if (access === undefined || !session.permissions.includes(access)) throw new Refusal('FORBIDDEN')
}
