import { createTables, type Schema } from './schema'

/**
 * What a run is worth in yen, counted with its turns: the list of runs does not add up the turns of each. And the two
 * ways by which 要対応 is read.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    alter table subscription_run add column ordered_yen bigint not null default 0;
    alter table subscription_run add column authorized_yen bigint not null default 0;
    create index subscription_cycle_attention_ship on subscription_cycle (ship_on, id) where attention is not null;
    create index subscription_cycle_attention_run on subscription_cycle (run_id) where attention is not null`,
  )
}
