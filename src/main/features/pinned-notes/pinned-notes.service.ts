import type { PinnedNote } from '../../../contract/pinned-notes'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import { needCustomer, type ContactDeps } from '../contact-log/contact-log.service'

const LIMIT = 50

/** Notes for whoever speaks with this customer next, the newest first. */
export async function notesOf({ database: { db } }: ContactDeps, customerId: string): Promise<PinnedNote[]> {
  return db
    .selectFrom('pinned_note as n')
    .innerJoin('staff_user', 'staff_user.id', 'n.created_by')
    .select(['n.id', 'n.body', 'n.created_at as createdAt', 'staff_user.name as createdBy'])
    .where('n.customer_id', '=', customerId)
    .where('n.done_at', 'is', null)
    .orderBy('n.created_at', 'desc')
    .orderBy('n.id')
    .limit(LIMIT)
    .execute()
}

export async function pinNote(
  deps: ContactDeps,
  note: { customerId: string; body: string },
  userId: string,
): Promise<PinnedNote[]> {
  const { customerId, body } = note
  await needCustomer(deps.database.db, customerId)
  if ((await notesOf(deps, customerId)).length >= LIMIT) throw new Refusal('TOO_MANY')
  await deps.database.db
    .insertInto('pinned_note')
    .values({
      id: newId(),
      customer_id: customerId,
      body: body.trim(),
      created_at: deps.clock.now(),
      created_by: userId,
      done_at: null,
      done_by: null,
    })
    .execute()
  deps.events.emit({ type: 'contacts-changed', customerId })
  return notesOf(deps, customerId)
}

/** Takes a note off, or puts it back. */
export async function setPinned(
  deps: ContactDeps,
  change: { id: string; pinned: boolean },
  userId: string,
): Promise<PinnedNote[]> {
  const done = change.pinned ? null : deps.clock.now()
  const row = await deps.database.db
    .updateTable('pinned_note')
    .set({ done_at: done, done_by: change.pinned ? null : userId })
    .where('id', '=', change.id)
    .returning('customer_id')
    .executeTakeFirst()
  if (!row) throw new Refusal('NOT_FOUND')
  deps.events.emit({ type: 'contacts-changed', customerId: row.customer_id })
  return notesOf(deps, row.customer_id)
}
