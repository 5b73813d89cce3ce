import { createTables, type Schema } from './schema'

/**
 * 名寄せ: merges of customers with what stood in the changed columns and which rows moved, so that they can be taken back;
 * pairs that a person called 別人; and an index by which customers with the same kana and postal code are neighbours.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table customer_merge (
      id text not null primary key,
      kept_id text not null references customer (id),
      merged_id text not null references customer (id),
      state text not null check (state in ('done', 'undone', 'ended')),
      kept_before text not null,
      kept_after text not null,
      merged_before text not null,
      merged_at bigint not null,
      merged_by text not null references staff_user (id),
      undo_until bigint not null,
      undone_at bigint,
      undone_by text references staff_user (id)
    );
    create index customer_merge_kept on customer_merge (kept_id, merged_at, id);
    create unique index customer_merge_standing on customer_merge (merged_id) where state = 'done';
    create table customer_merge_move (
      merge_id text not null references customer_merge (id),
      table_name text not null,
      row_id text not null,
      seen_at bigint,
      primary key (merge_id, table_name, row_id)
    );
    create table customer_distinct (
      one_id text not null references customer (id),
      other_id text not null references customer (id),
      said_at bigint not null,
      said_by text not null references staff_user (id),
      primary key (one_id, other_id),
      check (one_id < other_id)
    );
    create index customer_distinct_other on customer_distinct (other_id);
    create index customer_postal_kana on customer (postal_code, family_kana, given_kana)`,
  )
}
