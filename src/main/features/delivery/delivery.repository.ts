import type { Kysely } from 'kysely'
import { Carrier, type DatedSlot, type DeliverySettings } from '../../../contract/delivery'
import type { Database } from '../../db/database.types'

/** Saves the rules over the version that the screen has seen; false when another screen was faster. */
export async function writeRules(
  db: Kysely<Database>,
  values: DeliverySettings,
  change: { version: number; by: string; now: number },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('delivery_rule')
      .set({
        cut_off_minutes: values.cutOffMinutes,
        preparation_days: values.preparationDays,
        latest_days: values.latestDays,
        closed_on_holidays: values.closedOnHolidays ? 1 : 0,
        carrier: values.carrier,
        updated_at: change.now,
        updated_by: change.by,
        version: change.version + 1,
      })
      .where('version', '=', change.version)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) return false
    await trx.deleteFrom('closed_weekday').execute()
    await trx.deleteFrom('lead_time').execute()
    await trx.deleteFrom('remote_area').execute()
    const { closedWeekdays, leadTimes, remoteAreas } = values
    if (closedWeekdays.length > 0) await trx.insertInto('closed_weekday').values(closedWeekdays).execute()
    if (leadTimes.length > 0) await trx.insertInto('lead_time').values(leadTimes).execute()
    if (remoteAreas.length > 0) await trx.insertInto('remote_area').values(remoteAreas).execute()
    return true
  })
}

/** All slots of all carriers, in the order in which they are shown. */
export async function allSlots(db: Kysely<Database>): Promise<DatedSlot[]> {
  const rows = await db
    .selectFrom('delivery_slot')
    .selectAll()
    .orderBy('carrier')
    .orderBy('label')
    .orderBy('valid_from')
    .execute()
  return rows.map((row) => ({
    carrier: Carrier.parse(row.carrier),
    code: row.code,
    label: row.label,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }))
}

export async function writeSlot(db: Kysely<Database>, slot: DatedSlot): Promise<void> {
  const change = { label: slot.label, valid_to: slot.validTo }
  await db
    .insertInto('delivery_slot')
    .values({ carrier: slot.carrier, code: slot.code, valid_from: slot.validFrom, ...change })
    .onConflict((conflict) => conflict.columns(['carrier', 'code', 'valid_from']).doUpdateSet(change))
    .execute()
}

export async function deleteSlot(
  db: Kysely<Database>,
  slot: Pick<DatedSlot, 'carrier' | 'code' | 'validFrom'>,
): Promise<void> {
  await db
    .deleteFrom('delivery_slot')
    .where('carrier', '=', slot.carrier)
    .where('code', '=', slot.code)
    .where('valid_from', '=', slot.validFrom)
    .execute()
}

/** 特別休業, 特別営業, or null: as the rules say. */
export async function writeSpecialDay(
  db: Kysely<Database>,
  date: string,
  special: { kind: 'closed' | 'open'; label: string } | null,
): Promise<void> {
  if (special === null) {
    await db.deleteFrom('special_day').where('date', '=', date).execute()
    return
  }
  await db
    .insertInto('special_day')
    .values({ date, ...special })
    .onConflict((conflict) => conflict.column('date').doUpdateSet(special))
    .execute()
}
