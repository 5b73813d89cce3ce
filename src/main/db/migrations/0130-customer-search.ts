import { sql } from 'kysely'
import { customerRuns, searchDocument } from '../customer-search'
import { createTables, isSqlite, type Schema } from './schema'

/**
 * The list of customers as a narrow table of its own, kept by triggers whoever writes: it is sorted and filtered without
 * touching the wide rows. The index of fragments gains postal codes, numbers and the ends of phone numbers. Searches are
 * kept by name.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table customer_list (
      number bigint not null primary key,
      kana text not null,
      prefecture text not null,
      status text not null,
      blacklist text not null,
      import_id text,
      order_count bigint not null default 0,
      last_ordered_at bigint not null default 0
    );
    create index customer_list_kana on customer_list (kana, number);
    create index customer_list_last_order on customer_list (last_ordered_at, number);
    create index customer_list_prefecture on customer_list (prefecture, number);
    create table saved_search (
      id text not null primary key,
      user_id text not null references staff_user (id),
      list text not null,
      name text not null,
      query text not null,
      created_at bigint not null,
      unique (user_id, list, name)
    )`,
  )
  await sql`insert into customer_list (number, kana, prefecture, status, blacklist, import_id)
    select number, family_kana || ' ' || given_kana, prefecture, status, blacklist, import_id from customer`.execute(
    db,
  )
  await sql.raw(`update customer_list set ${recount('customer_list.number')}`).execute(db)
  await (isSqlite(db) ? sqliteTriggers(db) : postgresTriggers(db))
  await fillIndex(db)
}

/** What an order changes in the list, worked out anew for one customer. */
const recount = (number: string): string => `
  order_count = (select count(*) from sales_order o join customer c on c.id = o.customer_id
    where c.number = ${number} and o.status <> 'cancelled'),
  last_ordered_at = coalesce((select max(o.ordered_at) from sales_order o join customer c on c.id = o.customer_id
    where c.number = ${number} and o.status <> 'cancelled'), 0)`

async function sqliteTriggers(db: Schema): Promise<void> {
  const statements = [
    `create trigger customer_listed after insert on customer begin
      insert into customer_list (number, kana, prefecture, status, blacklist, import_id)
      values (new.number, new.family_kana || ' ' || new.given_kana, new.prefecture, new.status, new.blacklist,
        new.import_id);
    end`,
    `create trigger customer_relisted after update of family_kana, given_kana, prefecture, status, blacklist, import_id
      on customer begin
      update customer_list set kana = new.family_kana || ' ' || new.given_kana, prefecture = new.prefecture,
        status = new.status, blacklist = new.blacklist, import_id = new.import_id where number = new.number;
    end`,
    `create trigger customer_unlisted after delete on customer begin
      delete from customer_list where number = old.number;
    end`,
    `create trigger order_counted after insert on sales_order when new.status <> 'cancelled' begin
      update customer_list set order_count = order_count + 1,
        last_ordered_at = max(last_ordered_at, new.ordered_at)
        where number = (select number from customer where id = new.customer_id);
    end`,
    `create trigger order_recounted after update of status, customer_id on sales_order
      when new.customer_id <> old.customer_id or (new.status = 'cancelled') <> (old.status = 'cancelled') begin
      update customer_list set ${recount('customer_list.number')}
        where number in (select number from customer where id in (new.customer_id, old.customer_id));
    end`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}

async function postgresTriggers(db: Schema): Promise<void> {
  const statements = [
    `create function list_customer() returns trigger language plpgsql as $$ begin
      if tg_op = 'DELETE' then
        delete from customer_list where number = old.number;
        return old;
      end if;
      insert into customer_list (number, kana, prefecture, status, blacklist, import_id)
      values (new.number, new.family_kana || ' ' || new.given_kana, new.prefecture, new.status, new.blacklist,
        new.import_id)
      on conflict (number) do update set kana = excluded.kana, prefecture = excluded.prefecture,
        status = excluded.status, blacklist = excluded.blacklist, import_id = excluded.import_id;
      return new;
    end $$`,
    `create trigger customer_listed after insert or delete on customer for each row execute function list_customer()`,
    `create trigger customer_relisted after update of family_kana, given_kana, prefecture, status, blacklist, import_id
      on customer for each row execute function list_customer()`,
    `create function count_order() returns trigger language plpgsql as $$ begin
      if tg_op = 'INSERT' then
        if new.status <> 'cancelled' then
          update customer_list set order_count = order_count + 1,
            last_ordered_at = greatest(last_ordered_at, new.ordered_at)
          where number = (select number from customer where id = new.customer_id);
        end if;
        return new;
      end if;
      if new.customer_id <> old.customer_id or (new.status = 'cancelled') <> (old.status = 'cancelled') then
        update customer_list set ${recount('customer_list.number')}
        where number in (select number from customer where id in (new.customer_id, old.customer_id));
      end if;
      return new;
    end $$`,
    `create trigger order_counted after insert or update of status, customer_id on sales_order
      for each row execute function count_order()`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const PAGE = 1000

/** Writes the index anew, page by page. */
async function fillIndex(db: Schema): Promise<void> {
  const sqlite = isSqlite(db)
  await sql`delete from customer_search`.execute(db)
  for (let after = -1; ;) {
    const rows = await db
      .selectFrom('customer')
      .selectAll()
      .where('number', '>', after)
      .orderBy('number')
      .limit(PAGE)
      .execute()
    for (const row of rows) {
      const runs = customerRuns({
        number: Number(row.number),
        familyName: row.family_name,
        givenName: row.given_name,
        familyKana: row.family_kana,
        givenKana: row.given_kana,
        phone: row.phone,
        email: row.email ?? '',
        postalCode: row.postal_code,
        prefecture: row.prefecture,
        city: row.city,
        address: row.address,
        building: row.building ?? '',
      })
      const tokens = searchDocument(sqlite ? 'sqlite' : 'postgres', runs)
      await (
        sqlite
          ? sql`insert into customer_search (rowid, tokens) values (${row.number}, ${tokens})`
          : sql`insert into customer_search (customer_number, tokens) values (${row.number}, ${tokens}::tsvector)`
      ).execute(db)
    }
    const last = rows.at(-1)
    if (rows.length < PAGE || !last) return
    after = Number(last.number)
  }
}
