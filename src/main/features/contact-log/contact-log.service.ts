import type { Kysely } from 'kysely'
import type { ContactInput, ContactMaster, ContactView, MasterKind } from '../../../contract/contact-log'
import type { DeskEvent } from '../../../contract/system'
import type { Database } from '../../db/database.types'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { visibleCustomer } from '../../db/visible-customers'
import { businessDate } from '../../domain/calendar/tokyo'
import type { Clock } from '../../platform/clock'
import type { Emitter } from '../../platform/emitter'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import {
  allMasters,
  findContact,
  fits,
  listContacts,
  ordersOfContacts,
  type ContactList,
  type ContactRow,
} from './contact-log.repository'

export interface ContactDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly events: Emitter<DeskEvent>
}

/** Refuses when there is no such customer, or none that may be seen. */
export async function needCustomer(db: Kysely<Database>, id: string) {
  const row = await db
    .selectFrom('customer')
    .selectAll()
    .where('id', '=', id)
    .where(visibleCustomer())
    .executeTakeFirst()
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

function escalationOf(row: ContactRow): ContactView['escalation'] {
  if (row.escalation === null || row.escalated_at === null) return null
  return {
    state: row.escalation,
    reason: row.escalation_reason ?? '',
    raisedAt: row.escalated_at,
    raisedBy: row.raiser_name ?? '',
    answer: row.escalation_answer,
    answeredAt: row.answered_at,
    answeredBy: row.answerer_name,
  }
}

async function viewsOf(deps: ContactDeps, rows: readonly ContactRow[]): Promise<ContactView[]> {
  const ids = rows.map(({ id }) => id)
  const orders = await ordersOfContacts(deps.database.db, ids)
  const today = businessDate(deps.clock.now())
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    customerName: `${row.family_name} ${row.given_name}`,
    kind: row.kind,
    at: row.at,
    channel: row.channel,
    direction: row.direction,
    topicId: row.topic_id,
    topic: row.topic,
    resultId: row.result_id,
    result: row.result,
    status: row.status,
    body: row.body,
    dueOn: row.due_on,
    isOverdue: row.status === 'open' && row.due_on !== null && row.due_on < today,
    operatorName: row.operator_name,
    orders: orders.get(row.id) ?? [],
    escalation: escalationOf(row),
    version: row.version,
  }))
}

export async function listOf(deps: ContactDeps, list: Omit<ContactList, 'today'>) {
  const today = businessDate(deps.clock.now())
  const found = await listContacts(deps.database.db, { ...list, today })
  return { ...found, items: await viewsOf(deps, found.items) }
}

export async function viewOf(deps: ContactDeps, id: string): Promise<ContactView> {
  const row = await findContact(deps.database.db, id)
  const [view] = row ? await viewsOf(deps, [row]) : []
  if (!view) throw new Refusal('NOT_FOUND')
  return view
}

const columnsOf = (input: ContactInput) => ({
  channel: input.channel,
  direction: input.direction,
  topic_id: input.topicId,
  result_id: input.resultId,
  status: input.status,
  body: input.body.trim(),
  due_on: input.dueOn,
})

function orderLinks({ database }: ContactDeps, logId: string, orderIds: readonly string[]): Statement[] {
  const rows = [...new Set(orderIds)].map((order) => ({ log_id: logId, order_id: order }))
  if (rows.length === 0) return []
  return [{ query: database.db.insertInto('contact_log_order').values(rows).compile() }]
}

const changed = ({ events }: ContactDeps, customerId: string): void =>
  events.emit({ type: 'contacts-changed', customerId })

/** Writes a contact down; also what other parts of the desk note by themselves. */
export async function addContact(
  deps: ContactDeps,
  input: ContactInput & { customerId: string; kind?: 'contact' | 'identity-check' },
  userId: string,
): Promise<ContactView> {
  const { db } = deps.database
  await needCustomer(db, input.customerId)
  if (!(await fits(db, input))) throw new Refusal('INVALID')
  const now = deps.clock.now()
  const id = newId()
  const row = {
    id,
    customer_id: input.customerId,
    kind: input.kind ?? ('contact' as const),
    at: now,
    ...columnsOf(input),
    operator_id: userId,
    escalation: null,
    escalation_reason: null,
    escalated_at: null,
    escalated_by: null,
    escalation_answer: null,
    answered_at: null,
    answered_by: null,
    updated_at: now,
    version: 1,
  }
  const query = db.insertInto('contact_log').values(row).compile()
  await deps.database.batch([{ query }, ...orderLinks(deps, id, input.orderIds)])
  changed(deps, input.customerId)
  return viewOf(deps, id)
}

/** Corrects a contact over the version that was seen. */
export async function saveContact(
  deps: ContactDeps,
  input: ContactInput & { id: string; version: number },
): Promise<ContactView> {
  const { db } = deps.database
  const before = await viewOf(deps, input.id)
  // What the desk noted of a check of identity is a record: nobody writes over it.
  if (before.kind === 'identity-check') throw new Refusal('INVALID')
  if (before.version !== input.version) throw new Refusal('STALE', { version: before.version })
  if (!(await fits(db, { ...input, customerId: before.customerId }))) throw new Refusal('INVALID')
  const update = db
    .updateTable('contact_log')
    .set({ ...columnsOf(input), updated_at: deps.clock.now(), version: input.version + 1 })
    .where('id', '=', input.id)
    .where('version', '=', input.version)
  try {
    await deps.database.batch([
      { query: update.compile(), expect: { changes: 1 } },
      { query: db.deleteFrom('contact_log_order').where('log_id', '=', input.id).compile() },
      ...orderLinks(deps, input.id, input.orderIds),
    ])
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExpectationFailed') throw error
    throw new Refusal('STALE', { version: (await viewOf(deps, input.id)).version })
  }
  changed(deps, before.customerId)
  return viewOf(deps, input.id)
}

interface EscalationStep {
  readonly id: string
  readonly version: number
  readonly by: string
  readonly to: { readonly raise: string } | { readonly answer: string } | 'close'
}

/** Moves an escalation on: raised, answered, over. Refuses a step that does not follow. */
export async function moveEscalation(deps: ContactDeps, step: EscalationStep): Promise<ContactView> {
  const { db } = deps.database
  const { state = null } = (await viewOf(deps, step.id)).escalation ?? {}
  const now = deps.clock.now()
  const isNext =
    step.to === 'close'
      ? state === 'open' || state === 'answered'
      : 'raise' in step.to
        ? state === null || state === 'closed'
        : state === 'open'
  if (!isNext) throw new Refusal('MOVED')
  const raised = (reason: string) => ({
    escalation: 'open' as const,
    escalation_reason: reason,
    escalated_at: now,
    escalated_by: step.by,
    escalation_answer: null,
    answered_at: null,
    answered_by: null,
    status: 'open' as const,
  })
  const answered = (answer: string) => ({
    escalation: 'answered' as const,
    escalation_answer: answer,
    answered_at: now,
    answered_by: step.by,
  })
  const set =
    step.to === 'close'
      ? { escalation: 'closed' as const }
      : 'raise' in step.to
        ? raised(step.to.raise.trim())
        : answered(step.to.answer.trim())
  const done = await db
    .updateTable('contact_log')
    .set({ ...set, updated_at: now, version: step.version + 1 })
    .where('id', '=', step.id)
    .where('version', '=', step.version)
    .executeTakeFirst()
  if (Number(done.numUpdatedRows) !== 1) throw new Refusal('MOVED')
  const view = await viewOf(deps, step.id)
  changed(deps, view.customerId)
  return view
}

export async function mastersOf(db: Kysely<Database>): Promise<ContactMaster[]> {
  return (await allMasters(db)).map(({ id, kind, label, body, active, version }) => ({
    id,
    kind,
    label,
    body,
    active: active === 1,
    version,
  }))
}

interface MasterChange {
  readonly id: string | null
  readonly version: number
  readonly kind: MasterKind
  readonly label: string
  readonly body: string
  readonly active: boolean
}

export async function saveMaster(deps: ContactDeps, change: MasterChange, by: string) {
  const { db } = deps.database
  const columns = {
    label: change.label.trim(),
    body: change.kind === 'template' ? change.body : '',
    active: change.active ? 1 : 0,
    updated_at: deps.clock.now(),
    updated_by: by,
  }
  if (change.id === null) {
    const position = (await allMasters(db)).filter(({ kind }) => kind === change.kind).length
    const row = { id: newId(), kind: change.kind, position, version: 1, ...columns }
    await db.insertInto('contact_master').values(row).execute()
    return mastersOf(db)
  }
  const saved = await db
    .updateTable('contact_master')
    .set({ ...columns, version: change.version + 1 })
    .where('id', '=', change.id)
    .where('kind', '=', change.kind)
    .where('version', '=', change.version)
    .executeTakeFirst()
  if (Number(saved.numUpdatedRows) !== 1) {
    const row = (await allMasters(db)).find(({ id }) => id === change.id)
    if (!row) throw new Refusal('NOT_FOUND')
    throw new Refusal('STALE', { version: row.version })
  }
  return mastersOf(db)
}

/** Escalations that wait: for any supervisor, and answered ones that this person raised. */
export async function waitingEscalations(db: Kysely<Database>, userId: string) {
  const count = (state: 'open' | 'answered', by: string | null) =>
    db
      .selectFrom('contact_log')
      .innerJoin('customer', 'customer.id', 'contact_log.customer_id')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('escalation', '=', state)
      .where(visibleCustomer())
      .$if(by !== null, (some) => some.where('escalated_by', '=', by))
      .executeTakeFirstOrThrow()
  const [open, answered] = await Promise.all([count('open', null), count('answered', userId)])
  return { open: Number(open.count), answered: Number(answered.count) }
}
