import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Session } from '../../../contract/auth'
import {
  InspectionItem,
  type InspectedKeypad,
  type InspectionAnswer,
  type InspectionAnswers,
  type InspectionDue,
  type InspectionFilter,
  type InspectionRow,
} from '../../../contract/keypad-inspections'
import type { StopReason } from '../../../contract/keypad-monitor'
import type { Database } from '../../db/database.types'
import { addDays, businessDate, startOfBusinessDate } from '../../domain/calendar/tokyo'
import { DEFAULT_INTERVAL_DAYS, dueOn, inspectionStatus } from '../../domain/inspections/due'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import { stopKeypad } from '../keypad-monitor/keypad-monitor.service'
import { readSetting, writeSetting } from '../settings/settings.service'
import { scopeOf, type InspectionsDeps } from './deps'
import { doneBetween, dueBetween, listDue, oneKeypad, type DueRow } from './inspections.repository'
import type { Photo } from './photo-inbox'
import {
  answersOf,
  historyOf,
  insertInspection,
  inspectionById,
  type InspectionRecord,
} from './records.repository'

const KEY = 'keypad-inspections'
const Stored = z.object({ intervalDays: z.int().min(1).max(365) })
const DEFAULTS = { intervalDays: DEFAULT_INTERVAL_DAYS }

export async function readInterval(db: Kysely<Database>) {
  const { version, value } = await readSetting(db, KEY, Stored, DEFAULTS)
  return { version, intervalDays: value.intervalDays, defaultDays: DEFAULT_INTERVAL_DAYS }
}

export async function saveInterval(
  { database, clock }: InspectionsDeps,
  change: { version: number; intervalDays: number; by: string },
) {
  const { intervalDays } = change
  const version = await writeSetting(database.db, {
    key: KEY,
    value: { intervalDays },
    seenVersion: change.version,
    by: change.by,
    now: clock.now(),
  })
  return { version, intervalDays, defaultDays: DEFAULT_INTERVAL_DAYS }
}

const shopOf = (row: DueRow) =>
  row.shop_id === null || row.shop_name === null ? null : { id: row.shop_id, name: row.shop_name }

function dueOf(row: DueRow, today: string, intervalDays: number): InspectionDue {
  const due = dueOn(Number(row.since), intervalDays)
  return {
    keypadId: row.id,
    serial: row.serial,
    model: row.model,
    shop: shopOf(row),
    seat: row.seat,
    dueOn: due,
    status: inspectionStatus(due, today, row.last_result),
    last:
      row.last_at === null || row.last_result === null
        ? null
        : { at: row.last_at, by: row.last_by ?? '', result: row.last_result },
  }
}

const todayOf = ({ clock }: InspectionsDeps) => businessDate(clock.now())

/** A page of what is to be inspected, the most urgent first. */
export async function dueList(
  deps: InspectionsDeps,
  session: Session,
  input: { filter: InspectionFilter; cursor: string | null; limit: number },
) {
  const today = todayOf(deps)
  const { intervalDays } = await readInterval(deps.database.db)
  const page = await listDue(deps.database.db, { ...input, scope: scopeOf(session), today, intervalDays })
  return { ...page, items: page.items.map((row) => dueOf(row, today, intervalDays)) }
}

const EVERYTHING: InspectionFilter = { text: '', status: [], shopId: [], dueFrom: null, dueTo: null }

/** One month (`YYYY-MM`) day by day; days on which nothing is due and nothing was done are left out. */
export async function monthOf(deps: InspectionsDeps, session: Session, month: string) {
  const { db } = deps.database
  const today = todayOf(deps)
  const { intervalDays } = await readInterval(db)
  const first = `${month}-01`
  const last = addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1)
  const scope = scopeOf(session)
  const [due, done] = await Promise.all([
    dueBetween(db, {
      scope,
      today,
      intervalDays,
      filter: { ...EVERYTHING, dueFrom: first, dueTo: last },
    }),
    doneBetween(db, scope, {
      from: startOfBusinessDate(first),
      before: startOfBusinessDate(addDays(last, 1)),
    }),
  ])
  const days = new Map<string, { due: number; overdue: number; passed: number; failed: number }>()
  const add = (date: string, what: 'due' | 'overdue' | 'passed' | 'failed') => {
    const day = days.get(date) ?? { due: 0, overdue: 0, passed: 0, failed: 0 }
    day[what] += 1
    days.set(date, day)
  }
  for (const row of due) {
    const date = dueOn(Number(row.since), intervalDays)
    add(date, date < today ? 'overdue' : 'due')
  }
  for (const row of done) add(businessDate(row.signed_at), row.result === 'pass' ? 'passed' : 'failed')
  return {
    today,
    days: [...days].map(([date, day]) => ({ date, ...day })).toSorted((a, b) => (a.date < b.date ? -1 : 1)),
  }
}

/** One keypad with the day it is due, whatever its state. */
export async function inspectedKeypad(
  deps: InspectionsDeps,
  session: Session,
  keypadId: string,
): Promise<InspectedKeypad> {
  const { db } = deps.database
  const row = await oneKeypad(db, scopeOf(session), keypadId)
  if (!row) throw new Refusal('NOT_FOUND')
  const { intervalDays } = await readInterval(db)
  const { dueOn: due, status } = dueOf(row, todayOf(deps), intervalDays)
  return {
    keypadId: row.id,
    serial: row.serial,
    model: row.model,
    shop: shopOf(row),
    seat: row.seat,
    state: row.state,
    stopReason: row.stop_reason,
    registeredAt: row.registered_at,
    due: row.state === 'registered' ? { dueOn: due, status } : null,
  }
}

const inOrder = (answers: readonly InspectionAnswer[]): InspectionAnswer[] =>
  InspectionItem.options.flatMap((item) => answers.filter((answer) => answer.item === item))

const rowOf = (record: InspectionRecord, answers: readonly InspectionAnswer[]): InspectionRow => ({
  id: record.id,
  signedAt: record.signed_at,
  signer: record.signer_name,
  dueOn: record.due_on,
  result: record.result,
  answers: inOrder(answers),
  note: record.note,
  hasPhoto: record.photo_sha256 !== null,
})

/** The inspections of a keypad, newest first. */
export async function inspectionHistory(
  deps: InspectionsDeps,
  session: Session,
  input: { keypadId: string; cursor: string | null; limit: number },
) {
  const { db } = deps.database
  if (!(await oneKeypad(db, scopeOf(session), input.keypadId))) throw new Refusal('NOT_FOUND')
  const page = await historyOf(db, input)
  const answers = await answersOf(
    db,
    page.items.map(({ id }) => id),
  )
  return { ...page, items: page.items.map((row) => rowOf(row, answers.get(row.id) ?? [])) }
}

/** 署名: writes the inspection down with the device as the register knows it now. */
export async function signInspection(
  deps: InspectionsDeps,
  session: Session,
  input: { keypadId: string; answers: InspectionAnswers; note: string },
  photo: Photo | null,
): Promise<InspectionRow> {
  const { db } = deps.database
  const keypad = await oneKeypad(db, scopeOf(session), input.keypadId)
  if (!keypad) throw new Refusal('NOT_FOUND')
  if (keypad.state !== 'registered') throw new Refusal('NOT_REGISTERED')
  const { intervalDays } = await readInterval(db)
  const answers = InspectionItem.options.map((item) => {
    const { answer, note } = input.answers[item]
    return { item, answer, note: note.trim() }
  })
  const record: InspectionRecord = {
    id: newId(),
    keypad_id: keypad.id,
    serial: keypad.serial,
    model: keypad.model,
    shop_id: keypad.shop_id,
    shop_name: keypad.shop_name,
    seat: keypad.seat,
    due_on: dueOn(Number(keypad.since), intervalDays),
    signed_at: deps.clock.now(),
    signed_by: session.userId,
    signer_name: session.name,
    result: answers.every(({ answer }) => answer === 'yes') ? 'pass' : 'fail',
    note: input.note.trim(),
    photo_sha256: photo?.sha256 ?? null,
  }
  await insertInspection(db, record, answers, photo)
  return rowOf(record, answers)
}

/** 使用停止 after an inspection that found something. */
export async function stopAfterInspection(
  deps: InspectionsDeps,
  session: Session,
  input: { inspectionId: string; reason: StopReason; note: string },
): Promise<InspectedKeypad> {
  const { db } = deps.database
  const inspection = await inspectionById(db, scopeOf(session), input.inspectionId)
  if (!inspection) throw new Refusal('NOT_FOUND')
  const keypad = await oneKeypad(db, scopeOf(session), inspection.keypad_id)
  if (keypad?.state !== 'registered') throw new Refusal('NOT_REGISTERED')
  const { id, version } = keypad
  const { reason, note } = input
  await stopKeypad(deps, session, { id, version, reason, note, inspection: inspection.id })
  return inspectedKeypad(deps, session, inspection.keypad_id)
}

/** What ホーム reminds of: keypads that are late, and keypads with a finding that are still in use. */
export async function inspectionReminders(
  deps: Pick<InspectionsDeps, 'database' | 'clock'>,
  session: Session,
): Promise<{ overdue: number; oldestDueOn: string | null; failed: number }> {
  const { db } = deps.database
  const today = businessDate(deps.clock.now())
  const { intervalDays } = await readInterval(db)
  const rows = await dueBetween(db, {
    scope: scopeOf(session),
    today,
    intervalDays,
    filter: { ...EVERYTHING, status: ['failed', 'overdue'] },
  })
  const late = rows.filter((row) => row.last_result !== 'fail').map((row) => Number(row.since))
  return {
    overdue: late.length,
    oldestDueOn: late.length === 0 ? null : dueOn(Math.min(...late), intervalDays),
    failed: rows.length - late.length,
  }
}
