import type { Kysely } from 'kysely'
import { ROLE_PERMISSIONS } from '../../../contract/permissions'
import type { Session } from '../../../contract/auth'
import type { Database } from '../../db/database.types'
import type { Seat } from '../../platform/call-context'
import type { Clock } from '../../platform/clock'
import { Refusal } from '../../platform/refusal'
import { countFailure, findByEmail, recordSignIn, type SignInRow } from './auth.repository'
import { hashPassword, passwordMatches } from './password'

/** Wrong passwords in a row until the account is locked. */
const LOCK_AT = 5

export interface AuthDeps {
  readonly db: Kysely<Database>
  readonly clock: Clock
  readonly idleLockMinutes: () => Promise<number>
}

/** Compared against when nobody has the address, so that the time of the answer does not tell. */
let nobodyHash: Promise<string> | null = null

async function checkPassword(deps: AuthDeps, email: string, password: string): Promise<SignInRow> {
  const row = await findByEmail(deps.db, email)
  if (!row || row.status === 'disabled') {
    nobodyHash ??= hashPassword('nobody has this password')
    await passwordMatches(await nobodyHash, password)
    throw new Refusal('WRONG_CREDENTIALS', { attemptsLeft: null })
  }
  if (row.status === 'locked') throw new Refusal('ACCOUNT_LOCKED')
  if (await passwordMatches(row.passwordHash, password)) return row
  const failed = await countFailure(deps.db, row.id, LOCK_AT, deps.clock.now())
  if (failed >= LOCK_AT) throw new Refusal('ACCOUNT_LOCKED')
  throw new Refusal('WRONG_CREDENTIALS', { attemptsLeft: LOCK_AT - failed })
}

/** Signs a person in at a seat. The refusal says the same for a wrong address and a wrong password. */
export async function signIn(deps: AuthDeps, seat: Seat, email: string, password: string): Promise<Session> {
  const row = await checkPassword(deps, email, password)
  await recordSignIn(deps.db, row.id, deps.clock.now())
  const session: Session = {
    userId: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    permissions: [...ROLE_PERMISSIONS[row.role]],
    shop: { id: row.shopId, name: row.shopName },
    locked: false,
    idleLockMinutes: await deps.idleLockMinutes(),
  }
  seat.session = session
  seat.lastTouchedAt = deps.clock.now()
  return session
}

/** Opens a locked screen again for the person who is signed in there. */
export async function unlock(deps: AuthDeps, seat: Seat, password: string): Promise<Session> {
  const { session } = seat
  if (!session) throw new Refusal('UNAUTHORIZED')
  return signIn(deps, seat, session.email, password).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'ACCOUNT_LOCKED') seat.session = null
    throw error
  })
}
