import { createTables, type Schema } from './schema'

/** Keypads as devices: where they belong, what they last said of themselves, and what happened to them. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table keypad (
      id text not null primary key,
      device_key text not null unique,
      serial text,
      model text,
      cable text not null check (cable in ('usb', 'relay')),
      state text not null check (state in ('unregistered', 'registered', 'stopped')),
      stop_reason text check (stop_reason in ('lost', 'tampered', 'retired')),
      shop_id text references shop (id),
      seat text,
      online bigint not null check (online in (0, 1)),
      holder text,
      firmware text,
      security_level text,
      key_set text,
      uses_left bigint,
      network text not null,
      latency_ms bigint,
      registered_at bigint,
      registered_by text references staff_user (id),
      first_seen_at bigint not null,
      last_seen_at bigint not null,
      updated_at bigint not null,
      version bigint not null
    );
    create index keypad_shop on keypad (shop_id, state);
    create table keypad_event (
      id text not null primary key,
      keypad_id text not null references keypad (id),
      at bigint not null,
      last_at bigint not null,
      times bigint not null check (times >= 1),
      type text not null check (type in ('power', 'connection', 'update', 'settings', 'error')),
      subtype text not null,
      detail text not null
    );
    create index keypad_event_newest on keypad_event (keypad_id, at, id);
    create index keypad_event_age on keypad_event (at);
    create index payment_keypad on payment (keypad_serial, created_at)`,
  )
}
