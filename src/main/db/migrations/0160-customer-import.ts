import { createTables, type Schema } from './schema'

/**
 * Long work as rows that survive a restart, and imports of customers: each import's rows stay hidden until its one
 * row is switched, and can be taken out again by the same switch.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table job (
      id text not null primary key,
      kind text not null,
      state text not null check (state in ('waiting', 'running', 'asking', 'done', 'cancelled', 'failed')),
      owner text not null,
      started_by text not null references staff_user (id),
      input text not null,
      done bigint not null,
      total bigint not null,
      cancel_wanted bigint not null,
      result text,
      cause text,
      created_at bigint not null,
      started_at bigint,
      finished_at bigint,
      version bigint not null
    );
    create index job_newest on job (created_at, id);
    create index job_open on job (owner, state);
    drop index customer_import;
    create index customer_merged_into on customer (merged_into) where merged_into is not null;
    create index customer_of_import on customer (import_id) where import_id is not null;
    create table customer_import (
      id text not null primary key,
      state text not null check (state in ('reading', 'staged', 'visible', 'undoing', 'undone', 'cancelled')),
      hidden bigint not null check (hidden in (0, 1)),
      file_name text not null,
      file_path text not null,
      file_size bigint not null,
      file_stamp bigint not null,
      plan text not null,
      number_base bigint not null,
      byte_offset bigint not null,
      line bigint not null,
      chunk bigint not null,
      rows_read bigint not null,
      rows_added bigint not null,
      rows_updated bigint not null,
      rows_skipped bigint not null,
      rows_broken bigint not null,
      rows_kept bigint not null,
      job_id text references job (id),
      started_by text not null references staff_user (id),
      created_at bigint not null,
      visible_at bigint,
      undone_at bigint,
      version bigint not null
    );
    create index customer_import_newest on customer_import (created_at, id);
    create index customer_import_hidden on customer_import (id) where hidden = 1;
    create table customer_import_fault (
      import_id text not null references customer_import (id),
      line bigint not null,
      reason text not null,
      raw text not null,
      primary key (import_id, line)
    );
    create table customer_import_change (
      import_id text not null references customer_import (id),
      line bigint not null,
      customer_id text not null,
      seen_version bigint not null,
      after text not null,
      before text,
      applied_version bigint,
      primary key (import_id, line)
    );
    create table customer_import_kept (
      import_id text not null references customer_import (id),
      customer_id text not null,
      customer_number bigint not null,
      reason text not null check (reason in ('order', 'card', 'edited')),
      primary key (import_id, customer_id)
    );
    create table customer_import_mapping (
      name text not null primary key,
      mapping text not null,
      updated_by text not null references staff_user (id),
      updated_at bigint not null
    )`,
  )
}
