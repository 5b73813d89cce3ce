import { sql } from 'kysely'
import { createTables, isSqlite, type Schema } from './schema'

/** 操作ログ: rows can be added and never be changed or taken away, whoever asks. */
export async function up(db: Schema): Promise<void> {
  const sqlite = isSqlite(db)
  const seq = sqlite
    ? 'seq integer not null primary key autoincrement'
    : 'seq bigint generated always as identity primary key'
  await createTables(
    db,
    `
    create table audit_event (
      ${seq},
      at bigint not null,
      seat text not null,
      actor_id text,
      action text not null,
      object_type text not null,
      object_id text,
      detail text not null,
      prev_hash text not null,
      hash text not null unique
    )`,
  )
  if (sqlite) {
    for (const event of ['update', 'delete']) {
      await sql
        .raw(
          `create trigger audit_event_no_${event} before ${event} on audit_event
           begin select raise(abort, 'audit_event is appended only'); end`,
        )
        .execute(db)
    }
    return
  }
  await sql`create function audit_event_refuse() returns trigger language plpgsql as $$
    begin raise exception 'audit_event is appended only'; end $$`.execute(db)
  await sql`create trigger audit_event_no_change before update or delete or truncate on audit_event
    for each statement execute function audit_event_refuse()`.execute(db)
}
