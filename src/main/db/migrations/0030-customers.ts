import { sql } from 'kysely'
import { createTables, isSqlite, type Schema } from './schema'

/** Customers and the index of fragments by which they are found; both databases index the same tokens. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table customer (
      id text not null primary key,
      number bigint not null unique,
      family_name text not null,
      given_name text not null,
      family_kana text not null,
      given_kana text not null,
      email text,
      phone text not null,
      phone_last4 text not null,
      postal_code text not null,
      prefecture text not null,
      city text not null,
      address text not null,
      building text,
      note text,
      created_at bigint not null,
      updated_at bigint not null,
      version bigint not null
    );
    create index customer_phone on customer (phone);
    create index customer_phone_last4 on customer (phone_last4);
    create index customer_kana on customer (family_kana, given_kana, id);
    create index customer_email on customer (email)`,
  )
  if (isSqlite(db)) {
    await sql`create virtual table customer_search using fts5 (
      tokens, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0"
    )`.execute(db)
    return
  }
  await sql`create table customer_search (customer_number bigint primary key, tokens tsvector not null)`.execute(
    db,
  )
  await sql`create index customer_search_tokens on customer_search using gin (tokens)`.execute(db)
}
