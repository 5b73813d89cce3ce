import { createTables, type Schema } from './schema'

/** The job that does a run, and the two ways in which its turns are looked for: by their run, and as 要対応. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    alter table subscription_run add column job_id text references job (id);
    create index subscription_cycle_run on subscription_cycle (run_id, id) where run_id is not null;
    create index subscription_cycle_attention on subscription_cycle (ship_on, id) where attention is not null`,
  )
}
