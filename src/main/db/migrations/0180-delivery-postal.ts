import { DEFAULT_LEAD_TIMES, DEFAULT_REMOTE_AREAS } from './delivery-defaults'
import { createTables, type Schema } from './schema'

/** Before the desk's time: since when a slot was on offer does not matter, only until when. */
const ALWAYS = '2000-01-01'

/** Code, label, last day or null. */
type Slot = readonly [code: string, label: string, validTo: string | null]

/**
 * ヤマト運輸: 12–14 and 20–21 ended with 2017-06-18, when 19–21 came. 佐川急便: codes of e飛伝Ⅲ. 日本郵便: 20–21 ended with
 * 2024-03-31; the codes are this program's own, an export names the carrier's.
 */
const SLOTS: Readonly<Record<string, readonly Slot[]>> = {
  yamato: [
    ['1214', '12時から14時', '2017-06-18'],
    ['2021', '20時から21時', '2017-06-18'],
  ],
  sagawa: [
    ['01', '午前中', null],
    ['12', '12時から14時', null],
    ['14', '14時から16時', null],
    ['16', '16時から18時', null],
    ['18', '18時から20時', null],
    ['04', '18時から21時', null],
    ['19', '19時から21時', null],
  ],
  'japan-post': [
    ['AM', '午前中', null],
    ['1214', '12時から14時', null],
    ['1416', '14時から16時', null],
    ['1618', '16時から18時', null],
    ['1820', '18時から20時', null],
    ['1921', '19時から21時', null],
    ['2021', '20時から21時', '2024-03-31'],
  ],
}

/** When the shop ships and how long parcels take, time slots of the carriers, and an imported postal directory. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table delivery_rule (
      id bigint not null primary key check (id = 1),
      cut_off_minutes bigint not null check (cut_off_minutes between 0 and 1440),
      preparation_days bigint not null check (preparation_days between 0 and 30),
      latest_days bigint not null check (latest_days between 1 and 120),
      closed_on_holidays bigint not null check (closed_on_holidays in (0, 1)),
      carrier text not null,
      updated_at bigint not null,
      updated_by text references staff_user (id),
      version bigint not null
    );
    create table closed_weekday (
      weekday bigint not null check (weekday between 1 and 7),
      week bigint not null check (week between 1 and 5),
      primary key (weekday, week)
    );
    create table special_day (
      date text not null primary key,
      kind text not null check (kind in ('closed', 'open')),
      label text not null
    );
    create table lead_time (
      prefecture text not null primary key,
      days bigint not null check (days between 0 and 30)
    );
    create table remote_area (
      prefix text not null primary key,
      name text not null,
      days bigint not null check (days between 0 and 30)
    );
    create table postal_data (
      id text not null primary key,
      file_name text not null,
      source_date text not null,
      towns bigint not null,
      codes bigint not null,
      active bigint not null check (active in (0, 1)),
      imported_at bigint not null,
      imported_by text not null references staff_user (id)
    );
    create table postal_data_part (
      data_id text not null references postal_data (id),
      position bigint not null,
      data text not null,
      primary key (data_id, position)
    )`,
  )
  // 土日祝 closed, ships on the next open day: a promise that comes too early is the worse mistake.
  await db
    .insertInto('delivery_rule')
    .values({
      id: 1,
      cut_off_minutes: 15 * 60,
      preparation_days: 1,
      latest_days: 30,
      closed_on_holidays: 1,
      carrier: 'yamato',
      updated_at: 0,
      updated_by: null,
      version: 1,
    })
    .execute()
  const weekend = [6, 7].flatMap((weekday) => [1, 2, 3, 4, 5].map((week) => ({ weekday, week })))
  await db.insertInto('closed_weekday').values(weekend).execute()
  await db
    .insertInto('lead_time')
    .values([...DEFAULT_LEAD_TIMES])
    .execute()
  await db
    .insertInto('remote_area')
    .values([...DEFAULT_REMOTE_AREAS])
    .execute()
  const slots = Object.entries(SLOTS).flatMap(([carrier, list]) =>
    list.map(([code, label, validTo]) => ({
      carrier,
      code,
      label,
      valid_from: ALWAYS,
      valid_to: validTo,
    })),
  )
  await db.insertInto('delivery_slot').values(slots).execute()
}
