import { createTables, type Schema } from './schema'

/**
 * What is looked for every ten seconds among all payments there ever were: holds that stand, and answers that were lost.
 * The index of both together was taken by no query, since each names one state.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    drop index payment_open;
    create index payment_held on payment (service, order_id, created_at) where status = 'authorized';
    create index payment_unknown on payment (service, created_at) where status = 'unknown'`,
  )
}
