import type { Kysely } from 'kysely'
import type { Database } from '../../db/database.types'

export interface SignInRow {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: 'admin' | 'staff'
  readonly status: 'active' | 'locked' | 'disabled'
  readonly passwordHash: string
  readonly failedCount: number
  readonly shopId: string
  readonly shopName: string
}

/** The person with this e-mail address (compared in lower case), with the shop. */
export async function findByEmail(db: Kysely<Database>, email: string): Promise<SignInRow | null> {
  const row = await db
    .selectFrom('staff_user')
    .innerJoin('shop', 'shop.id', 'staff_user.shop_id')
    .select([
      'staff_user.id',
      'staff_user.email',
      'staff_user.name',
      'staff_user.role',
      'staff_user.status',
      'staff_user.password_hash as passwordHash',
      'staff_user.failed_count as failedCount',
      'shop.id as shopId',
      'shop.name as shopName',
    ])
    .where('staff_user.email', '=', email.trim().toLowerCase())
    .executeTakeFirst()
  return row ?? null
}

/** Counts one more wrong password in the database itself, so that two seats cannot share an attempt. */
export async function countFailure(
  db: Kysely<Database>,
  id: string,
  lockAt: number,
  now: number,
): Promise<number> {
  const row = await db
    .updateTable('staff_user')
    .set((eb) => ({
      failed_count: eb('failed_count', '+', 1),
      status: eb
        .case()
        .when('failed_count', '>=', lockAt - 1)
        .then('locked' as const)
        .else(eb.ref('status'))
        .end(),
      updated_at: now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .returning('failed_count')
    .executeTakeFirstOrThrow()
  return row.failed_count
}

export async function recordSignIn(db: Kysely<Database>, id: string, now: number): Promise<void> {
  await db
    .updateTable('staff_user')
    .set((eb) => ({ failed_count: 0, last_login_at: now, updated_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export interface FirstShop {
  readonly shopId: string
  readonly shopName: string
  readonly userId: string
  readonly adminName: string
  readonly email: string
  readonly passwordHash: string
}

/** The shop and its first admin, in one transaction. */
export async function createFirstShop(db: Kysely<Database>, first: FirstShop, now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('shop')
      .values({
        id: first.shopId,
        code: '001',
        name: first.shopName,
        postal_code: '',
        address: '',
        phone: '',
        registration_number: null,
        created_at: now,
        version: 1,
      })
      .execute()
    await trx
      .insertInto('staff_user')
      .values({
        id: first.userId,
        email: first.email.toLowerCase(),
        name: first.adminName,
        role: 'admin',
        shop_id: first.shopId,
        password_hash: first.passwordHash,
        status: 'active',
        failed_count: 0,
        last_login_at: null,
        created_at: now,
        updated_at: now,
        version: 1,
      })
      .execute()
  })
}
