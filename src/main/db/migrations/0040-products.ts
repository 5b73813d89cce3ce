import { createTables, type Schema } from './schema'

/** Products, and the tax rates and delivery slots as dated master data. */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table product (
      id text not null primary key,
      code text not null unique,
      name text not null,
      kana text not null,
      search_text text not null,
      price bigint not null check (price >= 0),
      tax_class text not null check (tax_class in ('standard', 'reduced')),
      temperature text not null check (temperature in ('normal', 'chilled', 'frozen')),
      active bigint not null check (active in (0, 1)),
      created_at bigint not null,
      updated_at bigint not null,
      version bigint not null
    );
    create table tax_rate (
      tax_class text not null,
      rate_percent bigint not null,
      valid_from text not null,
      primary key (tax_class, valid_from)
    );
    create table delivery_slot (
      carrier text not null,
      code text not null,
      label text not null,
      valid_from text not null,
      valid_to text,
      primary key (carrier, code, valid_from)
    )`,
  )
  // 消費税法: 10 % and the reduced 8 % since 2019-10-01.
  await db
    .insertInto('tax_rate')
    .values([
      { tax_class: 'standard', rate_percent: 10, valid_from: '2019-10-01' },
      { tax_class: 'reduced', rate_percent: 8, valid_from: '2019-10-01' },
    ])
    .execute()
  // ヤマト運輸 時間帯お届けサービス since 2017-06-19.
  const slots = [
    ['0812', '午前中'],
    ['1416', '14時から16時'],
    ['1618', '16時から18時'],
    ['1820', '18時から20時'],
    ['1921', '19時から21時'],
  ] as const
  await db
    .insertInto('delivery_slot')
    .values(
      slots.map(([code, label]) => ({
        carrier: 'yamato',
        code,
        label,
        valid_from: '2017-06-19',
        valid_to: null,
      })),
    )
    .execute()
}
