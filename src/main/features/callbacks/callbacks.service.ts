import type { Kysely } from 'kysely'
import type { CallbackView } from '../../../contract/callbacks'
import { formatPhone, normalizePhone } from '../../../contract/text'
import type { Database } from '../../db/database.types'
import { isPhone } from '../../domain/people/contact-fields'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import { addContact, needCustomer, type ContactDeps } from '../contact-log/contact-log.service'
import {
  activePeople,
  callbacksOf,
  findCallback,
  nextReminder,
  openCallbacks,
  type CallbackRow,
} from './callbacks.repository'

const SHOWN = 20
const MINE = 200

const viewOf = (row: CallbackRow, now: number): CallbackView => ({
  id: row.id,
  customerId: row.customer_id,
  customerName: `${row.family_name} ${row.given_name}`,
  dueAt: row.due_at,
  assigneeId: row.assignee_id,
  assigneeName: row.assignee_name,
  phone: row.phone,
  reason: row.reason,
  status: row.status,
  remindAt: row.remind_at,
  isOverdue: row.status === 'open' && row.due_at <= now,
  createdBy: row.maker_name,
  endedBy: row.ender_name,
  endedAt: row.ended_at,
  version: row.version,
})

async function one(deps: ContactDeps, id: string): Promise<CallbackView> {
  const row = await findCallback(deps.database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  return viewOf(row, deps.clock.now())
}

/** What this person is to be reminded of now. */
export async function reminders({ database: { db }, clock }: ContactDeps, userId: string) {
  const now = clock.now()
  const [due, nextAt] = await Promise.all([
    openCallbacks(db, userId, now, SHOWN),
    nextReminder(db, userId, now),
  ])
  return { due: due.map((row) => viewOf(row, now)), nextAt }
}

export async function mine({ database: { db }, clock }: ContactDeps, userId: string) {
  const now = clock.now()
  return (await openCallbacks(db, userId, null, MINE))
    .map((row) => viewOf(row, now))
    .toSorted((a, b) => a.dueAt - b.dueAt)
}

export async function ofCustomer({ database: { db }, clock }: ContactDeps, customerId: string) {
  return (await callbacksOf(db, customerId)).map((row) => viewOf(row, clock.now()))
}

interface NewCallback {
  readonly customerId: string
  readonly dueAt: number
  readonly assigneeId: string | null
  readonly phone: string
  readonly reason: string
}

export async function addCallback(deps: ContactDeps, input: NewCallback, userId: string) {
  const { db } = deps.database
  await needCustomer(db, input.customerId)
  const phone = normalizePhone(input.phone)
  const people = await activePeople(db)
  const isPerson = input.assigneeId === null || people.some(({ id }) => id === input.assigneeId)
  if (!isPhone(phone) || !isPerson) throw new Refusal('INVALID')
  const id = newId()
  await db
    .insertInto('callback')
    .values({
      id,
      customer_id: input.customerId,
      due_at: input.dueAt,
      assignee_id: input.assigneeId,
      phone,
      reason: input.reason.trim(),
      status: 'open',
      remind_at: input.dueAt,
      created_at: deps.clock.now(),
      created_by: userId,
      ended_at: null,
      ended_by: null,
      version: 1,
    })
    .execute()
  deps.events.emit({ type: 'contacts-changed', customerId: input.customerId })
  return one(deps, id)
}

type Change =
  | { readonly kind: 'snooze'; readonly minutes: number }
  | { readonly kind: 'end'; readonly as: 'done' | 'cancelled' }
  | { readonly kind: 'reopen' }

/** Puts off, ends, or opens again; refuses when somebody else was faster. */
export async function changeCallback(
  deps: ContactDeps,
  target: { readonly id: string; readonly version: number },
  change: Change,
  userId: string,
): Promise<CallbackView> {
  const { db } = deps.database
  const now = deps.clock.now()
  const before = await one(deps, target.id)
  const set = {
    snooze: () => ({ remind_at: now + (change.kind === 'snooze' ? change.minutes : 0) * 60_000 }),
    end: () => ({
      status: change.kind === 'end' ? change.as : ('done' as const),
      ended_at: now,
      ended_by: userId,
    }),
    reopen: () => ({ status: 'open' as const, ended_at: null, ended_by: null, remind_at: before.dueAt }),
  }[change.kind]()
  const done = await db
    .updateTable('callback')
    .set({ ...set, version: target.version + 1 })
    .where('id', '=', target.id)
    .where('version', '=', target.version)
    .where('status', change.kind === 'reopen' ? '!=' : '=', 'open')
    .executeTakeFirst()
  if (Number(done.numUpdatedRows) !== 1) throw new Refusal('TAKEN')
  if (change.kind === 'end' && change.as === 'done') await noteDone(deps, before, userId)
  deps.events.emit({ type: 'contacts-changed', customerId: before.customerId })
  return one(deps, target.id)
}

/** A call that was made is a contact. */
const noteDone = (deps: ContactDeps, { customerId, phone, reason }: CallbackView, userId: string) =>
  addContact(
    deps,
    {
      customerId,
      channel: 'phone',
      direction: 'out',
      topicId: null,
      resultId: null,
      status: 'done',
      body: `折り返しの電話(${formatPhone(phone)}): ${reason}`,
      dueOn: null,
      orderIds: [],
    },
    userId,
  )

export const people = activePeople

/** Due ones of this person or of anyone, for ホーム. A reminder that was put off is still due. */
export async function overdueCallbacks(
  db: Kysely<Database>,
  userId: string,
  now: number,
): Promise<{ count: number; oldestDueAt: number | null }> {
  const due = (await openCallbacks(db, userId, null, MINE)).filter((row) => row.due_at <= now)
  return {
    count: due.length,
    oldestDueAt: due.length === 0 ? null : Math.min(...due.map((row) => row.due_at)),
  }
}
