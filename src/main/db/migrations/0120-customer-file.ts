import { createTables, type Schema } from './schema'

/** What a shop knows of a customer besides name and address: more phones and addresses, tags, consent, standing. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    alter table customer add column kind text not null default 'offline' check (kind in ('member', 'offline'));
    alter table customer add column company text;
    alter table customer add column sex text check (sex in ('male', 'female', 'other'));
    alter table customer add column birthday text;
    alter table customer add column job_code bigint;
    alter table customer add column mail_consent text not null default 'unknown' check (mail_consent in ('unknown', 'yes', 'no'));
    alter table customer add column dm_consent text not null default 'unknown' check (dm_consent in ('unknown', 'yes', 'no'));
    alter table customer add column status text not null default 'active' check (status in ('active', 'merged', 'anonymised'));
    alter table customer add column merged_into text references customer (id);
    alter table customer add column blacklist text not null default 'none' check (blacklist in ('none', 'candidate', 'listed'));
    alter table customer add column blacklist_reason text;
    alter table customer add column card_failures bigint not null default 0;
    alter table customer add column card_blocked_at bigint;
    alter table customer add column import_id text;
    create index customer_import on customer (import_id) where import_id is not null;
    create table customer_other_phone (
      customer_id text not null references customer (id),
      position bigint not null,
      digits text not null,
      last4 text not null,
      typed text not null,
      label text not null,
      primary key (customer_id, position)
    );
    create index customer_phone_digits on customer_other_phone (digits);
    create index customer_phone_end on customer_other_phone (last4);
    create table customer_address (
      id text not null primary key,
      customer_id text not null references customer (id),
      label text not null,
      name text not null,
      phone text not null,
      postal_code text not null,
      prefecture text not null,
      city text not null,
      address text not null,
      building text,
      created_at bigint not null,
      updated_at bigint not null,
      removed_at bigint,
      version bigint not null
    );
    create index customer_address_customer on customer_address (customer_id);
    create table customer_tag (
      customer_id text not null references customer (id),
      tag text not null,
      primary key (customer_id, tag)
    );
    create index customer_tag_tag on customer_tag (tag, customer_id)`,
  )
}
