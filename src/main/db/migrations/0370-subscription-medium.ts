import { createTables, type Schema } from './schema'

/** 広告媒体 of a 定期: its turns say by which advertisement they came, as orders by phone do. */
export async function up(db: Schema): Promise<void> {
  await createTables(db, 'alter table subscription add column medium text')
}
