import { createTables, type Schema } from './schema'

/** What an order is by law (通信販売 or 電話勧誘販売), and why: it decides which documents are sent. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    alter table sales_order add column legal_mode text not null default 'mail-order'
      check (legal_mode in ('mail-order', 'telemarketing'));
    alter table sales_order add column legal_reason text
      check (legal_reason in ('offer', 'not-statutory', 'outside'))`,
  )
}
