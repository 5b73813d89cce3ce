import type { Session } from '../../contract/auth'

/** One window of the desk: who is signed in there, and since when nobody has touched it. */
export interface Seat {
  /** Name of this place, shown to other seats when it holds a keypad. */
  readonly name: string
  session: Session | null
  lastTouchedAt: number
}

/** What every procedure is handed besides its input. */
export interface CallContext {
  readonly seat: Seat
}

/** A seat whose session is known to exist, because the procedure's access rule asked for it. */
export function sessionOf(context: CallContext): Session {
  const { session } = context.seat
  if (!session) throw new Error('procedure without access rule reached its handler')
  return session
}
