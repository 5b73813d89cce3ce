import { createTables, type Schema } from './schema'

/**
 * 一括変更: what is counted and summed up stands in the index by which the rows are listed. While it works, the screen asks
 * for the sums several times a second, and whatever is written waits for the answer.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    drop index subscription_bulk_row_state;
    create index subscription_bulk_row_state
      on subscription_bulk_row (bulk_id, state, subscription_id, own_turns, old_total, new_total)`,
  )
}
