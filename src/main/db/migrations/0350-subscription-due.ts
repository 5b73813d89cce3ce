import { createTables, type Schema } from './schema'

/**
 * Due contracts by their state: the index of active ones alone was not taken, because one that begins with the state
 * looks better to a database that knows nothing of the rows, and each reading then sorted all that were due.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    drop index subscription_due;
    create index subscription_due on subscription (status, next_generate_on, id)`,
  )
}
