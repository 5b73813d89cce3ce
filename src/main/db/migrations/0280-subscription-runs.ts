import { createTables, type Schema } from './schema'

/** The job that does a run, and its turns by their run. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    alter table subscription_run add column job_id text references job (id);
    create index subscription_cycle_run on subscription_cycle (run_id, id) where run_id is not null`,
  )
}
