import { createTables, type Schema } from './schema'

/** 更新予定 of keypads: when the provider's software is to be put in, and what came of it. One open plan a keypad. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table keypad_update (
      id text not null primary key,
      keypad_id text not null references keypad (id),
      target text not null,
      next_at bigint,
      window_minutes bigint not null check (window_minutes between 10 and 720),
      note text not null,
      state text not null check (state in ('planned', 'open', 'deferred', 'failed', 'succeeded', 'withdrawn')),
      moves bigint not null check (moves >= 0),
      reason text check (reason in ('in-use', 'absent', 'operator', 'other-version', 'code')),
      code text,
      found text,
      planned_at bigint not null,
      planned_by text not null references staff_user (id),
      updated_at bigint not null,
      closed_at bigint,
      version bigint not null,
      check ((closed_at is not null) = (state in ('succeeded', 'withdrawn'))),
      check (next_at is not null or state in ('failed', 'succeeded', 'withdrawn'))
    );
    create unique index keypad_update_open on keypad_update (keypad_id) where closed_at is null`,
  )
}
