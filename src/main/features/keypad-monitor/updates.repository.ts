import type { Kysely, Selectable, Updateable } from 'kysely'
import type { KeypadUpdateTable } from '../../db/keypad-tables.types'
import type { Database } from '../../db/database.types'

export type UpdateRow = Selectable<KeypadUpdateTable>
export type OpenUpdate = UpdateRow & { readonly planner: string }

/** The open plan of a keypad, with the name of who planned it. */
export async function openUpdateOf(db: Kysely<Database>, keypadId: string): Promise<OpenUpdate | undefined> {
  return db
    .selectFrom('keypad_update')
    .innerJoin('staff_user', 'staff_user.id', 'keypad_update.planned_by')
    .selectAll('keypad_update')
    .select('staff_user.name as planner')
    .where('keypad_id', '=', keypadId)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
}

/** Every open plan: as many at most as there are keypads. */
export const openUpdates = (db: Kysely<Database>): Promise<UpdateRow[]> =>
  db.selectFrom('keypad_update').selectAll().where('closed_at', 'is', null).execute()

/** Changes a plan that is still as it was seen; false when somebody was faster. */
export async function changeUpdate(
  db: Kysely<Database>,
  seen: Pick<UpdateRow, 'id' | 'version'>,
  to: Omit<Updateable<KeypadUpdateTable>, 'id' | 'keypad_id' | 'version'> & { readonly updated_at: number },
): Promise<boolean> {
  const changed = await db
    .updateTable('keypad_update')
    .set({ ...to, version: seen.version + 1 })
    .where('id', '=', seen.id)
    .where('version', '=', seen.version)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return Number(changed.numUpdatedRows) === 1
}

/** Closes the plan of a keypad that is taken out of use, however it stands. Answers its version; null where there is none. */
export async function withdrawOf(
  db: Kysely<Database>,
  keypadId: string,
  now: number,
): Promise<string | null> {
  const row = await db
    .updateTable('keypad_update')
    .set((eb) => ({ state: 'withdrawn', closed_at: now, updated_at: now, version: eb('version', '+', 1) }))
    .where('keypad_id', '=', keypadId)
    .where('closed_at', 'is', null)
    .returning('target')
    .executeTakeFirst()
  return row?.target ?? null
}

/** How many plans stand as 失敗 until somebody decides. */
export async function failedUpdates(db: Kysely<Database>): Promise<number> {
  const row = await db
    .selectFrom('keypad_update')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('closed_at', 'is', null)
    .where('state', '=', 'failed')
    .where('next_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
