import { z } from 'zod'
import type { Session } from '../../../contract/auth'
import type { keypadUpdates } from '../../../contract/keypad-updates'
import { updateCodeOf } from '../../../contract/update-codes'
import { isSameVersion, retryAfterCode } from '../../domain/keypad-updates/update-plan'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import { scopeOf, type MonitorDeps } from './deps'
import { addEvent, type HappenedEvent } from './events.repository'
import { findKeypad, type KeypadRow } from './keypad-monitor.repository'
import { atText, plannedOf } from './update-watch.service'
import { changeUpdate, openUpdateOf, type OpenUpdate } from './updates.repository'

type Input<Name extends keyof typeof keypadUpdates> = z.output<
  NonNullable<(typeof keypadUpdates)[Name]['~orpc']['inputSchema']>
>

/** A version as devices write it: half-width letters, digits and a few signs. */
const Target = z.string().regex(/^[\dA-Za-z][\w .-]*$/)
const YEAR_MS = 366 * 86_400_000

async function keypadOf(deps: MonitorDeps, session: Session, id: string): Promise<KeypadRow> {
  const row = await findKeypad(deps.database.db, scopeOf(session), id)
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

/** The open plan as the person saw it. */
async function planSeen(
  deps: MonitorDeps,
  session: Session,
  seen: { id: string; version: number },
): Promise<OpenUpdate> {
  await keypadOf(deps, session, seen.id)
  const plan = await openUpdateOf(deps.database.db, seen.id)
  if (plan?.version !== seen.version) throw new Refusal('STALE', { version: plan?.version ?? 0 })
  return plan
}

function checkTime(nextAt: number, now: number): void {
  if (nextAt <= now || nextAt > now + YEAR_MS) throw new Refusal('UPDATE_TIME')
}

type Event = Pick<HappenedEvent, 'subtype' | 'detail'>

/** Changes a plan together with its event. */
async function decide(
  deps: MonitorDeps,
  plan: OpenUpdate,
  to: Omit<Parameters<typeof changeUpdate>[2], 'updated_at'>,
  event: Event,
): Promise<void> {
  const now = deps.clock.now()
  const keypadId = plan.keypad_id
  await deps.database.db.transaction().execute(async (trx) => {
    if (!(await changeUpdate(trx, plan, { ...to, updated_at: now }))) {
      const newest = await openUpdateOf(trx, keypadId)
      throw new Refusal('STALE', { version: newest?.version ?? 0 })
    }
    await addEvent(trx, { keypadId, at: now, ...event })
  })
  deps.events.emit({ type: 'keypad-changed', keypadId })
}

/** 更新予定: a new plan, or another version or time for the one that the person saw. */
export async function planUpdate(
  deps: MonitorDeps,
  session: Session,
  input: Input<'planUpdate'>,
): Promise<void> {
  const { db } = deps.database
  const now = deps.clock.now()
  const keypad = await keypadOf(deps, session, input.id)
  if (keypad.state !== 'registered') throw new Refusal('NOT_REGISTERED')
  const target = Target.safeParse(input.target.trim())
  if (!target.success) throw new Refusal('UPDATE_TARGET')
  if (keypad.firmware !== null && isSameVersion(keypad.firmware, target.data))
    throw new Refusal('UPDATE_DONE')
  checkTime(input.nextAt, now)
  const columns = {
    target: target.data,
    next_at: input.nextAt,
    window_minutes: input.windowMinutes,
    note: input.note.trim(),
    state: 'planned' as const,
    moves: 0,
    reason: null,
    code: null,
    found: null,
    planned_at: now,
    planned_by: session.userId,
  }
  const minutes = String(input.windowMinutes)
  const detail = {
    update: 'planned',
    version: target.data,
    next: atText(input.nextAt),
    minutes,
    by: session.name,
  }
  const event: Event = { subtype: 'changed', detail }
  if (input.version !== null) {
    const plan = await planSeen(deps, session, { id: input.id, version: input.version })
    return decide(deps, plan, columns, event)
  }
  await db.transaction().execute(async (trx) => {
    const { numInsertedOrUpdatedRows: rows } = await trx
      .insertInto('keypad_update')
      .values({ id: newId(), keypad_id: keypad.id, ...columns, updated_at: now, closed_at: null, version: 1 })
      .onConflict((conflict) => conflict.column('keypad_id').where('closed_at', 'is', null).doNothing())
      .executeTakeFirstOrThrow()
    if (Number(rows) !== 1) {
      const newest = await openUpdateOf(trx, keypad.id)
      throw new Refusal('STALE', { version: newest?.version ?? 0 })
    }
    await addEvent(trx, { keypadId: keypad.id, at: now, ...event })
  })
  deps.events.emit({ type: 'keypad-changed', keypadId: keypad.id })
}

/** 延期 by an operator. The desk then moves it by itself as often as for a new plan. */
export async function postponeUpdate(
  deps: MonitorDeps,
  session: Session,
  input: Input<'postponeUpdate'>,
): Promise<void> {
  const plan = await planSeen(deps, session, input)
  const { nextAt } = input
  checkTime(nextAt, deps.clock.now())
  if (plan.next_at !== null && nextAt <= plan.next_at) throw new Refusal('NOT_LATER')
  const detail = {
    version: plan.target,
    reason: 'operator',
    next: atText(nextAt),
    note: input.note.trim(),
    by: session.name,
  }
  await decide(
    deps,
    plan,
    { state: 'deferred', next_at: nextAt, moves: 0, reason: 'operator' },
    { subtype: 'update-deferred', detail },
  )
}

/** 失敗を記録: with the words of the code, and when it is tried again. */
export async function failUpdate(
  deps: MonitorDeps,
  session: Session,
  input: Input<'failUpdate'>,
): Promise<void> {
  const plan = await planSeen(deps, session, input)
  const known = updateCodeOf(input.code)
  if (known === null) throw new Refusal('NOT_FOUND')
  const { firmware } = await keypadOf(deps, session, input.id)
  const nextAt = retryAfterCode(plannedOf(plan), known.cause, deps.clock.now())
  const isMoved = nextAt !== null && nextAt !== plan.next_at
  await decide(
    deps,
    plan,
    {
      state: 'failed',
      next_at: nextAt,
      moves: plan.moves + (isMoved ? 1 : 0),
      reason: 'code',
      code: input.code,
      found: firmware,
    },
    {
      subtype: 'update-failed',
      detail: { version: plan.target, code: input.code, next: atText(nextAt), by: session.name },
    },
  )
}

/** 予定の取消 */
export async function withdrawUpdate(
  deps: MonitorDeps,
  session: Session,
  input: Input<'withdrawUpdate'>,
): Promise<void> {
  const plan = await planSeen(deps, session, input)
  await decide(
    deps,
    plan,
    { state: 'withdrawn', closed_at: deps.clock.now() },
    { subtype: 'changed', detail: { update: 'withdrawn', version: plan.target, by: session.name } },
  )
}
