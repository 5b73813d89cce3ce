import type { Kysely } from 'kysely'
import {
  BlacklistSettings,
  type BlacklistEntry,
  type BlacklistEntryFields,
  type CustomerStanding,
  type Standing,
} from '../../../contract/blacklist'
import { fieldsOfCustomer } from '../../checkout/form-check'
import { keyStatements, personOfFields } from '../../db/blacklist-keys'
import { otherPhonesOf } from '../../db/customer-write'
import type { Database } from '../../db/database.types'
import { ExpectationFailed } from '../../db/errors'
import type { DeskDatabase } from '../../db/open-database'
import { keysOf } from '../../domain/blacklist/keys'
import type { FieldFault } from '../../domain/people/contact-fields'
import type { Clock } from '../../platform/clock'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import { readSetting, writeSetting } from '../settings/settings.service'
import { findEntry, insertEntry, removeEntry, updateEntry } from './blacklist.repository'

export interface BlacklistDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
}

const KEY = 'blacklist'
const DEFAULTS: BlacklistSettings = { required: 2, candidates: 'hold', cardFailureLimit: 5 }

/** When an order is held, and after how many declined cards no more are taken. */
export const readBlacklistRules = async (db: Kysely<Database>): Promise<BlacklistSettings> =>
  (await readSetting(db, KEY, BlacklistSettings, DEFAULTS)).value

export async function blacklistSettings({ database: { db } }: BlacklistDeps) {
  const { value, version } = await readSetting(db, KEY, BlacklistSettings, DEFAULTS)
  return { version, values: value }
}

export async function saveBlacklistSettings(
  deps: BlacklistDeps,
  change: { version: number; values: BlacklistSettings },
  by: string,
) {
  const seen = { key: KEY, value: change.values, seenVersion: change.version, by, now: deps.clock.now() }
  return { version: await writeSetting(deps.database.db, seen), values: change.values }
}

function checkedEntry(typed: BlacklistEntryFields): BlacklistEntryFields {
  const fields = {
    standing: typed.standing,
    reason: typed.reason.trim(),
    name: typed.name.trim(),
    kana: typed.kana.trim(),
    phone: typed.phone.trim(),
    email: typed.email.trim(),
    postalCode: typed.postalCode.trim(),
    address: typed.address.trim(),
  }
  const faults: FieldFault[] = []
  if (fields.reason === '') faults.push({ path: 'reason', message: '理由を入力してください。' })
  if (keysOf({ ...fields, phones: [fields.phone] }).length === 0)
    faults.push({ path: 'name', message: '条件を1つ以上入力してください。' })
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  return fields
}

async function needEntry({ database: { db } }: BlacklistDeps, id: string): Promise<BlacklistEntry> {
  const entry = await findEntry(db, id)
  if (!entry) throw new Refusal('NOT_FOUND')
  return entry
}

export async function addEntry(
  deps: BlacklistDeps,
  typed: BlacklistEntryFields,
  by: string,
): Promise<BlacklistEntry> {
  const id = newId()
  await insertEntry(deps.database, { id, fields: checkedEntry(typed), by, now: deps.clock.now() })
  return needEntry(deps, id)
}

export async function saveEntry(
  deps: BlacklistDeps,
  change: { id: string; version: number; fields: BlacklistEntryFields },
  by: string,
): Promise<BlacklistEntry> {
  const fields = checkedEntry(change.fields)
  const saved = await updateEntry(deps.database, { ...change, fields, by, now: deps.clock.now() })
  const now = await needEntry(deps, change.id)
  if (!saved) throw new Refusal('STALE', { version: now.version })
  return now
}

export async function removeOrRestore(
  deps: BlacklistDeps,
  change: { id: string; removed: boolean },
  by: string,
): Promise<null> {
  if (!(await removeEntry(deps.database, { ...change, by, now: deps.clock.now() })))
    throw new Refusal('NOT_FOUND')
  return null
}

/** Events of a customer's standing that a screen shows. */
const SHOWN_EVENTS = 20

export async function standingOf(deps: BlacklistDeps, customerId: string): Promise<CustomerStanding> {
  const { db } = deps.database
  const [row, events, rules] = await Promise.all([
    db.selectFrom('customer').selectAll().where('id', '=', customerId).executeTakeFirst(),
    db
      .selectFrom('customer_standing_event as e')
      .leftJoin('staff_user as u', 'u.id', 'e.operator_id')
      .select(['e.at', 'e.kind', 'e.reason', 'u.name as by'])
      .where('e.customer_id', '=', customerId)
      .orderBy('e.at', 'desc')
      .orderBy('e.id', 'desc')
      .limit(SHOWN_EVENTS)
      .execute(),
    readBlacklistRules(db),
  ])
  if (!row) throw new Refusal('NOT_FOUND')
  return {
    standing: row.blacklist,
    reason: row.blacklist_reason ?? '',
    cardFailures: row.card_failures,
    cardBlockedAt: row.card_blocked_at,
    cardFailureLimit: rules.cardFailureLimit,
    events,
  }
}

const needReason = (reason: string): string => {
  const trimmed = reason.trim()
  if (trimmed !== '') return trimmed
  throw new Refusal('INVALID_FIELDS', { fields: [{ path: 'reason', message: '理由を入力してください。' }] })
}

/** 対象, 候補 or neither. The keys by which orders are looked up come and go with it. */
export async function markCustomer(
  deps: BlacklistDeps,
  change: { customerId: string; seen: Standing; standing: Standing; reason: string },
  by: string,
): Promise<CustomerStanding> {
  const { database, clock } = deps
  const { db } = database
  const { customerId: id, standing } = change
  const reason = needReason(change.reason)
  const row = await db.selectFrom('customer').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new Refusal('NOT_FOUND')
  const now = clock.now()
  const update = db
    .updateTable('customer')
    .set((eb) => ({
      blacklist: standing,
      blacklist_reason: standing === 'none' ? null : reason,
      updated_at: now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('blacklist', '=', change.seen)
    // The keys are made of what was read.
    .where('version', '=', row.version)
  const event = { id: newId(), customer_id: id, at: now, kind: standing, reason, operator_id: by }
  const person =
    standing === 'none' ? null : personOfFields(fieldsOfCustomer(row), await otherPhonesOf(database, id))
  try {
    await database.batch([
      { query: update.compile(), expect: { changes: 1 } },
      ...keyStatements(database, { kind: 'customer', id }, person),
      { query: db.insertInto('customer_standing_event').values(event).compile() },
    ])
  } catch (error) {
    if (error instanceof ExpectationFailed) throw new Refusal('STANDING_CHANGED')
    throw error
  }
  return standingOf(deps, id)
}

/** Cards may be taken of the customer again, and the count begins anew. */
export async function unblockCard(
  deps: BlacklistDeps,
  change: { customerId: string; reason: string },
  by: string,
): Promise<CustomerStanding> {
  const { db } = deps.database
  const { customerId: id } = change
  const reason = needReason(change.reason)
  const now = deps.clock.now()
  const update = db
    .updateTable('customer')
    .set((eb) => ({
      card_blocked_at: null,
      card_failures: 0,
      updated_at: now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('card_blocked_at', 'is not', null)
  const event = {
    id: newId(),
    customer_id: id,
    at: now,
    kind: 'card-unblocked' as const,
    reason,
    operator_id: by,
  }
  await standingOf(deps, id)
  try {
    await deps.database.batch([
      { query: update.compile(), expect: { changes: 1 } },
      { query: db.insertInto('customer_standing_event').values(event).compile() },
    ])
  } catch (error) {
    if (error instanceof ExpectationFailed) throw new Refusal('STANDING_CHANGED')
    throw error
  }
  return standingOf(deps, id)
}
