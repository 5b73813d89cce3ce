import { createTables, type Schema } from './schema'

/** Who answers for the discount of a draft, and the 支払区分 in which a card pays. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    alter table checkout add column discount_by text references staff_user (id);
    alter table payment add column plan text not null default 'one-time'
      check (plan in ('one-time', 'installments', 'revolving', 'bonus'));
    alter table payment add column installments bigint`,
  )
}
