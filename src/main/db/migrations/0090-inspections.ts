import { createTables, type Schema } from './schema'

/**
 * Inspections of keypads (PCI DSS 9.5.1.2): what was seen, by whom and when, with the device as it was in the
 * register then. Rows are only ever added.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table keypad_inspection (
      id text not null primary key,
      keypad_id text not null references keypad (id),
      serial text,
      model text,
      shop_id text references shop (id),
      shop_name text,
      seat text,
      due_on text not null,
      signed_at bigint not null,
      signed_by text not null references staff_user (id),
      signer_name text not null,
      result text not null check (result in ('pass', 'fail')),
      note text not null,
      photo_sha256 text
    );
    create index keypad_inspection_of_keypad on keypad_inspection (keypad_id, signed_at, id);
    create index keypad_inspection_age on keypad_inspection (signed_at, id);
    create table keypad_inspection_answer (
      inspection_id text not null references keypad_inspection (id),
      item text not null check (item in ('serial', 'case', 'cable', 'label', 'screen', 'place')),
      answer text not null check (answer in ('yes', 'no')),
      note text not null,
      primary key (inspection_id, item)
    );
    create table keypad_inspection_photo (
      inspection_id text not null primary key references keypad_inspection (id),
      type text not null check (type in ('image/png', 'image/jpeg')),
      size_bytes bigint not null,
      data text not null
    )`,
  )
}
