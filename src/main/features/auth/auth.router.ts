import { implement } from '@orpc/server'
import { auth, type FirstRun, type Session } from '../../../contract/auth'
import type { CallContext, Seat } from '../../platform/call-context'
import type { Clock } from '../../platform/clock'
import { signIn, unlock, type AuthDeps } from './auth.service'

const os = implement(auth).$context<CallContext>()

export interface AuthDoor {
  readonly clock: Clock
  /** Refuses when no database is open yet. */
  deps(): AuthDeps
  /** Creates the chosen database with its first shop and admin, and signs the admin in. */
  firstRun(seat: Seat, input: FirstRun): Promise<Session>
}

export function authRouter(door: AuthDoor) {
  return os.router({
    session: os.session.handler(({ context }) => context.seat.session),
    firstRun: os.firstRun.handler(({ context, input }) => door.firstRun(context.seat, input)),
    signIn: os.signIn.handler(({ context, input }) =>
      signIn(door.deps(), context.seat, input.email, input.password),
    ),
    signOut: os.signOut.handler(({ context }) => {
      context.seat.session = null
      return null
    }),
    unlock: os.unlock.handler(({ context, input }) => unlock(door.deps(), context.seat, input.password)),
    lock: os.lock.handler(({ context }) => {
      const { session } = context.seat
      if (session) context.seat.session = { ...session, locked: true }
      return null
    }),
    touch: os.touch.handler(({ context }) => {
      if (!context.seat.session?.locked) context.seat.lastTouchedAt = door.clock.now()
      return null
    }),
  })
}
