import { createTables, type Schema } from './schema'

/**
 * What the shop sells, as the shop keeps it: prices with or without tax, sale dates, stock where it is counted; what was
 * advertised where; and orders with a discount that somebody answers for.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    alter table product add column price_kind text not null default 'gross'
      check (price_kind in ('gross', 'net'));
    alter table product add column subscribable bigint not null default 0 check (subscribable in (0, 1));
    alter table product add column bundleable bigint not null default 1 check (bundleable in (0, 1));
    alter table product add column stock bigint;
    alter table product add column sale_from text;
    alter table product add column sale_to text;
    create index product_by_kana on product (kana, code);
    create index product_by_price on product (price, code);
    create index product_by_update on product (updated_at, code);
    create table medium (
      id text not null primary key,
      code text not null unique,
      name text not null,
      kind text not null
        check (kind in ('tv', 'radio', 'newspaper', 'magazine', 'flyer', 'catalogue', 'dm', 'web', 'other')),
      active bigint not null check (active in (0, 1)),
      created_at bigint not null,
      updated_at bigint not null,
      version bigint not null
    );
    create table offer (
      id text not null primary key,
      code text not null unique,
      name text not null,
      search_text text not null,
      medium_id text not null references medium (id),
      legal_mode text not null check (legal_mode in ('mail-order', 'telemarketing')),
      statutory bigint not null check (statutory in (0, 1)),
      whole_range bigint not null check (whole_range in (0, 1)),
      valid_from text not null,
      valid_to text,
      note text not null,
      active bigint not null check (active in (0, 1)),
      created_at bigint not null,
      updated_at bigint not null,
      version bigint not null
    );
    create index offer_of_medium on offer (medium_id, code);
    create table offer_product (
      offer_id text not null references offer (id),
      product_id text not null references product (id),
      price bigint check (price >= 0),
      subscription bigint not null check (subscription in (0, 1)),
      primary key (offer_id, product_id)
    );
    create index offer_product_of on offer_product (product_id, offer_id);
    alter table order_line add column price_kind text not null default 'gross'
      check (price_kind in ('gross', 'net'));
    alter table sales_order add column tax_added bigint not null default 0;
    alter table sales_order add column discount_reason text;
    alter table sales_order add column discount_by text`,
  )
}
