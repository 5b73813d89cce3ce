import { createTables, type Schema } from './schema'

/** Shops and the people who work in them. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table shop (
      id text not null primary key,
      code text not null unique,
      name text not null,
      postal_code text not null,
      address text not null,
      phone text not null,
      registration_number text,
      created_at bigint not null,
      version bigint not null
    );
    create table staff_user (
      id text not null primary key,
      email text not null unique,
      name text not null,
      role text not null check (role in ('admin', 'staff')),
      shop_id text not null references shop (id),
      password_hash text not null,
      status text not null check (status in ('active', 'locked', 'disabled')),
      failed_count bigint not null,
      last_login_at bigint,
      created_at bigint not null,
      updated_at bigint not null,
      version bigint not null
    )`,
  )
}
