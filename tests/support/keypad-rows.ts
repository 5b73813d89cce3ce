import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'

const DAY_MS = 24 * 60 * 60_000

/** The month (`YYYY-MM`, Tokyo) in which a day lies that is so many days away from today. */
export const monthOfDay = (daysAway: number): string =>
  new Date(Date.now() + 9 * 60 * 60_000 + daysAway * DAY_MS).toISOString().slice(0, 7)

export interface KeypadRow {
  readonly serial: string
  readonly seat: string
  /** How long ago it was registered. */
  readonly daysAgo: number
}

/** Keypads from long overdue to registered today. */
export const SAMPLE_KEYPADS: readonly KeypadRow[] = [40, 33, 29, 26, 24, 12, 3, 0].map((daysAgo, index) => ({
  serial: `TK-00${41 + index}`,
  seat: index < 6 ? `受注${index + 1}` : `予備${index - 5}`,
  daysAgo,
}))

/** Puts registered keypads of the sample shop, in place of all sample ones but the simulated, into the register of a desk that runs. */
export function registerKeypads(folder: string, keypads: readonly KeypadRow[]): void {
  const file = new DatabaseFile(join(folder, 'desk', 'training.db'))
  const admin = file
    .prepare<[], { id: string; shop_id: string }>("select id, shop_id from staff_user where role = 'admin'")
    .get()
  const others = "serial like 'TEST%' and serial <> 'TEST000001'"
  file.exec(`delete from keypad_event where keypad_id in (select id from keypad where ${others})`)
  file.exec(`delete from keypad where ${others}`)
  const insert = file.prepare(
    `insert into keypad (id, device_key, serial, model, cable, state, shop_id, seat, online, network,
       registered_at, registered_by, first_seen_at, last_seen_at, updated_at, version)
     values (?, ?, ?, 'SREDKey 2', 'usb', 'registered', ?, ?, 1, '{}', ?, ?, ?, ?, ?, 1)`,
  )
  for (const { serial, seat, daysAgo } of keypads) {
    const at = Date.now() - daysAgo * DAY_MS
    insert.run(randomUUID(), serial, serial, admin?.shop_id, seat, at, admin?.id, at, at, at)
  }
  file.close()
}
