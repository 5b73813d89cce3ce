import { createTables, type Schema } from './schema'

/**
 * 一括変更 of contracts: what was wished, and for each contract what it would be or was changed from, so that it can be
 * looked at before, gone on with after a crash, and put back.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table subscription_bulk (
      id text not null primary key,
      kind text not null check (kind in ('price', 'replace')),
      state text not null
        check (state in ('previewing', 'previewed', 'applying', 'done', 'undoing', 'undone', 'cancelled')),
      title text not null,
      wish text not null,
      place text not null,
      job_id text references job (id),
      started_by text not null references staff_user (id),
      created_at bigint not null,
      applied_at bigint,
      version bigint not null
    );
    create index subscription_bulk_newest on subscription_bulk (created_at, id);
    create table subscription_bulk_row (
      bulk_id text not null references subscription_bulk (id),
      subscription_id text not null,
      subscription_number bigint not null,
      state text not null check (state in ('ready', 'blocked', 'applied', 'skipped', 'undone', 'kept')),
      reason text not null,
      seen_version bigint not null,
      applied_version bigint,
      before text,
      shown text not null,
      old_total bigint,
      new_total bigint,
      primary key (bulk_id, subscription_id)
    );
    create index subscription_bulk_row_state on subscription_bulk_row (bulk_id, state, subscription_id)`,
  )
}
