import type { Kysely } from 'kysely'
import type { Session } from '../../../contract/auth'
import type { KeypadDetail, StopReason } from '../../../contract/keypad-monitor'
import type { Database } from '../../db/database.types'
import { Refusal } from '../../platform/refusal'
import { scopeOf, type MonitorDeps } from './deps'
import { addEvent, KEPT_MS, SHOWN_MS, purgeEvents, type HappenedEvent } from './events.repository'
import { findKeypad, paymentsOf, type KeypadRow } from './keypad-monitor.repository'
import { openUpdateOf, withdrawOf } from './updates.repository'
import { detailOf } from './views'

export { keypadRegistry, type KeypadRegistry } from './registry.service'
export { watchUpdates } from './update-watch.service'
export { failedUpdates } from './updates.repository'

/** One keypad with the payments of the last 30 days; refused when it is not the caller's to see. */
export async function keypadDetail(deps: MonitorDeps, session: Session, id: string): Promise<KeypadDetail> {
  const { db } = deps.database
  const now = deps.clock.now()
  const row = await findKeypad(db, scopeOf(session), id)
  if (!row) throw new Refusal('NOT_FOUND')
  const [plan, payments] = await Promise.all([
    openUpdateOf(db, id),
    row.serial === null ? { recent: [], ended: [] } : paymentsOf(db, row.serial, now - SHOWN_MS),
  ])
  return detailOf(row, plan, payments, now)
}

interface Decision {
  readonly id: string
  /** The version that the person saw. */
  readonly version: number
  readonly to: Partial<
    Pick<KeypadRow, 'state' | 'stop_reason' | 'shop_id' | 'seat' | 'registered_at' | 'registered_by'>
  >
  readonly event: Pick<HappenedEvent, 'subtype' | 'detail'>
}

/** Changes a keypad together with its event, or refuses with STALE and leaves both as they were. */
async function decide(deps: MonitorDeps, decision: Decision): Promise<void> {
  const { id, version } = decision
  const now = deps.clock.now()
  await deps.database.db.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable('keypad')
      .set({ ...decision.to, updated_at: now, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst()
    if (Number(changed.numUpdatedRows) !== 1) {
      const { version: newest } = await currentRow(trx, id)
      throw new Refusal('STALE', { version: newest })
    }
    await addEvent(trx, { keypadId: id, at: now, ...decision.event })
    // What is taken out of use is not updated any more.
    const target = decision.to.state === 'stopped' ? await withdrawOf(trx, id, now) : null
    if (target === null) return
    const detail = { update: 'withdrawn', version: target, by: decision.event.detail['by'] ?? '' }
    await addEvent(trx, { keypadId: id, at: now, subtype: 'changed', detail })
  })
  deps.events.emit({ type: 'keypad-changed', keypadId: id })
}

async function currentRow(db: Kysely<Database>, id: string): Promise<KeypadRow> {
  const row = await db.selectFrom('keypad').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

/** The row when the person may still decide this about it; another state is a change that they have not seen. */
async function rowInState(
  db: Kysely<Database>,
  id: string,
  allowed: (row: KeypadRow) => boolean,
): Promise<KeypadRow> {
  const row = await currentRow(db, id)
  if (!allowed(row)) throw new Refusal('STALE', { version: row.version })
  return row
}

async function shopName(db: Kysely<Database>, id: string | null): Promise<string | null> {
  if (id === null) return null
  const row = await db.selectFrom('shop').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? null
}

/** 登録, or another shop or seat for a keypad that is registered. */
export async function registerKeypad(
  deps: MonitorDeps,
  session: Session,
  input: { id: string; version: number; shopId: string; seat: string },
): Promise<KeypadDetail> {
  const { db } = deps.database
  const { id, version, shopId } = input
  const seat = input.seat.trim()
  const row = await rowInState(db, id, ({ state }) => state !== 'stopped')
  const shop = await shopName(db, shopId)
  if (shop === null) throw new Refusal('NOT_FOUND')
  if (row.state === 'unregistered') {
    const to = {
      state: 'registered' as const,
      shop_id: shopId,
      seat,
      registered_at: deps.clock.now(),
      registered_by: session.userId,
    }
    await decide(deps, {
      id,
      version,
      to,
      event: { subtype: 'registered', detail: { shop, seat, by: session.name } },
    })
  } else {
    const from = { fromShop: (await shopName(db, row.shop_id)) ?? '', fromSeat: row.seat ?? '' }
    await decide(deps, {
      id,
      version,
      to: { shop_id: shopId, seat },
      event: { subtype: 'changed', detail: { ...from, shop, seat, by: session.name } },
    })
  }
  return keypadDetail(deps, session, id)
}

/** 使用停止: every frame of this keypad is refused from now on. */
export async function stopKeypad(
  deps: MonitorDeps,
  session: Session,
  input: { id: string; version: number; reason: StopReason; note: string; inspection?: string },
): Promise<void> {
  const { id, version, reason, inspection } = input
  await rowInState(
    deps.database.db,
    id,
    // What was lost may turn out to be tampered with, not the other way round.
    (row) => row.state !== 'stopped' || (reason === 'tampered' && row.stop_reason !== 'tampered'),
  )
  const detail = { reason, note: input.note.trim(), by: session.name }
  await decide(deps, {
    id,
    version,
    to: { state: 'stopped', stop_reason: reason },
    event: { subtype: 'stopped', detail: { ...detail, ...(inspection ? { inspection } : {}) } },
  })
}

/** 使用再開: 未登録 again, so that an admin looks at the device once more. Never after tampering. */
export async function resumeKeypad(
  deps: MonitorDeps,
  session: Session,
  input: { id: string; version: number },
): Promise<KeypadDetail> {
  const { id, version } = input
  await rowInState(deps.database.db, id, (row) => row.state === 'stopped' && row.stop_reason !== 'tampered')
  await decide(deps, {
    id,
    version,
    to: {
      state: 'unregistered',
      stop_reason: null,
      shop_id: null,
      seat: null,
      registered_at: null,
      registered_by: null,
    },
    event: { subtype: 'changed', detail: { to: 'unregistered', by: session.name } },
  })
  return keypadDetail(deps, session, id)
}

/** Takes away events older than twelve months. Answers how many. */
export const purgeOldEvents = (deps: Pick<MonitorDeps, 'database' | 'clock'>): Promise<number> =>
  purgeEvents(deps.database.db, deps.clock.now() - KEPT_MS)

/** How many keypads wait for their registration. */
export async function unregisteredKeypads(db: Kysely<Database>): Promise<number> {
  const row = await db
    .selectFrom('keypad')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'unregistered')
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
