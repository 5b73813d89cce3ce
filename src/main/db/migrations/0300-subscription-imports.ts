import { createTables, type Schema } from './schema'

/**
 * Imports of running 定期 from another system. Its contracts are written as 申込中 with the import's id, which no list
 * shows and no run takes, until one statement makes them all 有効. The number that the other system gave a contract is
 * kept, so that a file that is mended and read again takes nothing twice.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    alter table subscription add column external_number text;
    create index subscription_external on subscription (external_number) where external_number is not null;
    create index subscription_no_card on subscription (id)
      where card_id is null and payment_method = 'card' and status = 'active';
    drop index subscription_import;
    create index subscription_of_import on subscription (import_id) where import_id is not null;
    create table subscription_import (
      id text not null primary key,
      state text not null
        check (state in ('checking', 'checked', 'writing', 'visible', 'undoing', 'undone', 'cancelled')),
      file_name text not null,
      file_path text not null,
      file_size bigint not null,
      file_stamp bigint not null,
      reading text not null,
      byte_offset bigint not null,
      line bigint not null,
      chunk bigint not null,
      rows_read bigint not null,
      rows_good bigint not null,
      rows_broken bigint not null,
      rows_no_card bigint not null,
      rows_written bigint not null,
      rows_kept bigint not null,
      job_id text references job (id),
      shop_id text not null references shop (id),
      started_by text not null references staff_user (id),
      created_at bigint not null,
      visible_at bigint,
      undone_at bigint,
      version bigint not null
    );
    create index subscription_import_newest on subscription_import (created_at, id);
    create table subscription_import_row (
      import_id text not null references subscription_import (id),
      line bigint not null,
      external_number text,
      content text not null,
      shown text not null,
      primary key (import_id, line)
    );
    create index subscription_import_row_external on subscription_import_row (import_id, external_number);
    create table subscription_import_fault (
      import_id text not null references subscription_import (id),
      line bigint not null,
      reason text not null,
      raw text not null,
      primary key (import_id, line)
    );
    create table subscription_import_kept (
      import_id text not null references subscription_import (id),
      subscription_id text not null,
      subscription_number bigint not null,
      primary key (import_id, subscription_id)
    );
    create table subscription_import_mapping (
      name text not null primary key,
      mapping text not null,
      updated_by text not null references staff_user (id),
      updated_at bigint not null
    )`,
  )
}
