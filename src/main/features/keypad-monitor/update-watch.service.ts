import type { Kysely } from 'kysely'
import type { Database } from '../../db/database.types'
import { outcomeOf, type KeypadNow, type UpdateOutcome } from '../../domain/keypad-updates/update-plan'
import type { MonitorDeps } from './deps'
import { addEvent, type HappenedEvent } from './events.repository'
import type { KeypadRow } from './keypad-monitor.repository'
import { keypadById } from './registry.repository'
import { stateOf } from './states'
import { changeUpdate, openUpdateOf, openUpdates, type UpdateRow } from './updates.repository'

function presenceOf(keypad: KeypadRow, now: number): KeypadNow['presence'] {
  const state = stateOf(keypad, now)
  if (state === 'in-use') return 'in-use'
  return state === 'waiting' ? 'free' : 'absent'
}

/** A time for the record of events, which keeps texts. */
export const atText = (at: number | null): string => (at === null ? '' : String(at))

type Told = Exclude<UpdateOutcome, { kind: 'nothing' }>

/** The event of an outcome; the opening of a window is none. */
function eventOf(
  plan: UpdateRow,
  outcome: Told,
  found: string | null,
): Omit<HappenedEvent, 'keypadId' | 'at'> | null {
  const version = plan.target
  switch (outcome.kind) {
    case 'opened':
      return null
    case 'succeeded':
      return { subtype: 'update-succeeded', detail: { version, before: '' } }
    case 'deferred':
      return {
        subtype: 'update-deferred',
        detail: { version, reason: outcome.reason, next: atText(outcome.nextAt) },
      }
    case 'failed':
      return {
        subtype: 'update-failed',
        detail: { version, reason: outcome.reason, found: found ?? '', next: atText(outcome.nextAt) },
      }
  }
}

function columnsOf(plan: UpdateRow, outcome: Told, found: string | null, now: number) {
  switch (outcome.kind) {
    case 'opened':
      return { state: 'open' as const }
    case 'succeeded':
      return { state: 'succeeded' as const, closed_at: now }
    case 'deferred':
      return {
        state: 'deferred' as const,
        next_at: outcome.nextAt,
        moves: plan.moves + 1,
        reason: outcome.reason,
      }
    case 'failed':
      return {
        state: 'failed' as const,
        next_at: outcome.nextAt,
        moves: plan.moves + (outcome.nextAt === null ? 0 : 1),
        reason: outcome.reason,
        code: null,
        found,
      }
  }
}

/** Writes an outcome down with its event, unless another desk has judged the same plan before. */
async function settle(db: Kysely<Database>, plan: UpdateRow, keypad: KeypadRow, outcome: Told, now: number) {
  return db.transaction().execute(async (trx) => {
    const to = { ...columnsOf(plan, outcome, keypad.firmware, now), updated_at: now }
    if (!(await changeUpdate(trx, plan, to))) return false
    const event = eventOf(plan, outcome, keypad.firmware)
    if (event) await addEvent(trx, { keypadId: keypad.id, at: now, ...event })
    return true
  })
}

/**
 * Looks at every open plan by the clock: opens its window, moves it, or says that it failed. Any desk may do it for
 * all of them, since the record of keypads is shared; each plan is settled once.
 */
export async function watchUpdates(deps: MonitorDeps): Promise<void> {
  const { db } = deps.database
  for (const plan of await openUpdates(db)) {
    const keypad = await keypadById(db, plan.keypad_id)
    if (!keypad) continue
    const now = deps.clock.now()
    const known = { reported: keypad.firmware, presence: presenceOf(keypad, now) }
    const outcome = outcomeOf(plannedOf(plan), known, now)
    if (outcome.kind === 'nothing') continue
    if (await settle(db, plan, keypad, outcome, now)) {
      deps.events.emit({ type: 'keypad-changed', keypadId: keypad.id })
    }
  }
}

export const plannedOf = (plan: UpdateRow) => ({
  target: plan.target,
  nextAt: plan.next_at,
  windowMinutes: plan.window_minutes,
  isOpen: plan.state === 'open',
  moves: plan.moves,
})

/**
 * 更新成功: a keypad has told another version than before, or the one that was planned. Closes the plan that wanted it.
 * Nothing happens where neither is so.
 */
export async function versionReported(
  db: Kysely<Database>,
  keypad: { readonly id: string; readonly before: string | null; readonly version: string },
  now: number,
): Promise<void> {
  const { id, before, version } = keypad
  const plan = await openUpdateOf(db, id)
  const wanted =
    plan && outcomeOf(plannedOf(plan), { reported: version, presence: 'free' }, now).kind === 'succeeded'
  const isNew = before !== null && before !== version
  if (!wanted && !isNew) return
  await db.transaction().execute(async (trx) => {
    const closed = { state: 'succeeded' as const, closed_at: now, updated_at: now }
    if (wanted && !(await changeUpdate(trx, plan, closed)) && !isNew) return
    const detail = { version, before: isNew ? before : '' }
    await addEvent(trx, { keypadId: id, at: now, subtype: 'update-succeeded', detail })
  })
}
