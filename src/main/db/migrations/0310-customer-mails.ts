import { createTables, type Schema } from './schema'

/**
 * Mails to customers of 定期. A mail is a row before it is sent, one for each event (`event_key`), whatever run or seat
 * tells of it; one is under way at a time. Templates without a text have the program's own.
 */
export async function up(db: Schema): Promise<void> {
  const kinds = `'payment-declined', 'card-trouble', 'turn-given-up', 'card-expiring', 'change-deadline'`
  await createTables(
    db,
    `
    create table mail_template (
      kind text not null primary key check (kind in (${kinds})),
      subject text,
      body text,
      active bigint not null check (active in (0, 1)),
      updated_at bigint not null,
      updated_by text references staff_user (id),
      version bigint not null
    );
    create table customer_mail (
      id text not null primary key,
      event_key text not null unique,
      kind text not null check (kind in (${kinds})),
      customer_id text not null references customer (id),
      subscription_id text not null references subscription (id),
      cycle_id text references subscription_cycle (id),
      turn bigint not null,
      recipient text,
      subject text,
      body text,
      state text not null
        check (state in ('waiting', 'sending', 'sent', 'unknown', 'failed', 'cancelled', 'phone', 'called')),
      cause text,
      smtp_code bigint,
      tries bigint not null,
      next_try_at bigint,
      claimed_at bigint,
      created_at bigint not null,
      sent_at bigint,
      updated_at bigint not null,
      updated_by text references staff_user (id),
      version bigint not null
    );
    create index customer_mail_due on customer_mail (next_try_at, id) where state = 'waiting';
    create unique index customer_mail_one_sending on customer_mail (state) where state = 'sending';
    create index customer_mail_state on customer_mail (state, created_at, id);
    create index customer_mail_newest on customer_mail (created_at, id);
    create index customer_mail_customer on customer_mail (customer_id, created_at)`,
  )
  // No customer is written to before the shop has said so.
  const off = { subject: null, body: null, active: 0, updated_at: 0, updated_by: null, version: 1 }
  await db
    .insertInto('mail_template')
    .values([
      { kind: 'payment-declined', ...off },
      { kind: 'card-trouble', ...off },
      { kind: 'turn-given-up', ...off },
      { kind: 'card-expiring', ...off },
      { kind: 'change-deadline', ...off },
    ])
    .execute()
}
