import type { Insertable, Kysely, Selectable } from 'kysely'
import type { MailOutboxTable } from '../../db/option-tables.types'
import type { Database } from '../../db/database.types'

export type MailRow = Selectable<MailOutboxTable>

export const insertMail = (trx: Kysely<Database>, mail: Insertable<MailOutboxTable>) =>
  trx.insertInto('mail_outbox').values(mail).execute()

/** The mail of the newest application. */
export const newestMail = (db: Kysely<Database>): Promise<MailRow | undefined> =>
  db
    .selectFrom('mail_outbox')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

export const mailById = (db: Kysely<Database>, id: string): Promise<MailRow | undefined> =>
  db.selectFrom('mail_outbox').selectAll().where('id', '=', id).executeTakeFirst()

export const dueMails = (db: Kysely<Database>, now: number): Promise<MailRow[]> =>
  db
    .selectFrom('mail_outbox')
    .selectAll()
    .where('state', '=', 'queued')
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(20)
    .execute()

/** Changes a mail over the version that was read; false when another was faster. */
export async function changeMail(
  db: Kysely<Database>,
  mail: Pick<MailRow, 'id' | 'version'>,
  change: Partial<Omit<MailRow, 'id' | 'version' | 'message_id'>>,
): Promise<boolean> {
  const result = await db
    .updateTable('mail_outbox')
    .set({ ...change, version: mail.version + 1 })
    .where('id', '=', mail.id)
    .where('version', '=', mail.version)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** Mails whose sender was gone before it could say how it ended: nobody knows whether they went out. */
export async function markAbandoned(db: Kysely<Database>, claimedBefore: number): Promise<void> {
  await db
    .updateTable('mail_outbox')
    .set((eb) => ({
      state: 'unknown' as const,
      cause: 'connection-lost',
      next_attempt_at: null,
      version: eb('version', '+', 1),
    }))
    .where('state', '=', 'sending')
    .where('claimed_at', '<', claimedBefore)
    .execute()
}

/** Withdrawn applications do not go out any more. */
export async function dropWaiting(trx: Kysely<Database>): Promise<void> {
  await trx
    .updateTable('mail_outbox')
    .set((eb) => ({ state: 'dropped' as const, next_attempt_at: null, version: eb('version', '+', 1) }))
    .where('state', 'in', ['queued', 'unknown'])
    .execute()
}
