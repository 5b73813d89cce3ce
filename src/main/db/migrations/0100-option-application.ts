import { createTables, type Schema } from './schema'

/**
 * The contract with the keypad's provider with each of its steps, and the mails that wait to go out: a mail is a
 * row before it is sent.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table option_contract (
      name text not null primary key check (name in ('keypad')),
      state text not null check (state in ('not-applied', 'applied', 'in-use', 'stopped')),
      answer_due_on text,
      version bigint not null
    );
    insert into option_contract (name, state, version) values ('keypad', 'not-applied', 1);
    create table option_step (
      id text not null primary key,
      option_name text not null references option_contract (name),
      event text not null check (event in ('apply', 'withdraw', 'answer', 'stop')),
      from_state text not null,
      to_state text not null,
      at bigint not null,
      done_by text not null references staff_user (id),
      note text not null
    );
    create index option_step_newest on option_step (option_name, at);
    create table mail_outbox (
      id text not null primary key,
      step_id text not null unique references option_step (id),
      message_id text not null unique,
      sender text not null,
      recipient text not null,
      subject text not null,
      body text not null,
      state text not null check (state in ('queued', 'sending', 'sent', 'unknown', 'dropped')),
      attempts bigint not null,
      next_attempt_at bigint,
      claimed_at bigint,
      cause text,
      smtp_code bigint,
      created_at bigint not null,
      sent_at bigint,
      version bigint not null
    );
    create index mail_outbox_due on mail_outbox (state, next_attempt_at)`,
  )
}
