import { createTables, type Schema } from './schema'

/** Named settings as JSON, and the counters from which people's short numbers come. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table setting (
      key text not null primary key,
      value text not null,
      version bigint not null,
      updated_at bigint not null,
      updated_by text
    );
    create table sequence (
      name text not null primary key,
      next bigint not null
    )`,
  )
}
