import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { sql, type Migration } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DatabaseTooNew, migrate, MigrationFailed } from '../../src/main/db/migrate'
import { MIGRATIONS } from '../../src/main/db/migrations'
import { connect, openDatabase, type DeskDatabase } from '../../src/main/db/open-database'
import { manualClock } from '../../src/main/platform/clock'
import { forEachEmptyDatabase, type DatabasePlace } from '../support/databases'

const clock = manualClock(Date.UTC(2026, 10, 23))
const NAMES = Object.keys(MIGRATIONS)

/** What each migration brings, seen through the tables themselves. */
const BRINGS: Readonly<Record<string, readonly string[]>> = {
  '0010-settings': ['setting', 'sequence'],
  '0020-people': ['shop', 'staff_user'],
  '0030-customers': ['customer', 'customer_search'],
  '0040-products': ['product', 'tax_rate', 'delivery_slot'],
  '0050-checkout': ['card', 'keypad_counter', 'checkout', 'payment', 'payment_operation'],
  '0060-orders': ['sales_order', 'order_line', 'order_tax', 'order_read_back'],
  '0070-audit': ['audit_event'],
  '0080-keypads': ['keypad', 'keypad_event'],
  '0090-inspections': ['keypad_inspection', 'keypad_inspection_answer', 'keypad_inspection_photo'],
  '0100-option-application': ['option_contract', 'option_step', 'mail_outbox'],
  '0110-checkout-purpose': ['order_revision'],
  '0120-customer-file': ['customer_other_phone', 'customer_address', 'customer_tag'],
  '0130-customer-search': ['customer_list', 'saved_search'],
  '0160-customer-import': ['job', 'customer_import', 'customer_import_fault', 'customer_import_mapping'],
  '0170-calls-leases': ['phone_call', 'serving_lease', 'open_tab'],
  '0180-delivery-postal': ['delivery_rule', 'special_day', 'lead_time', 'remote_area', 'postal_data'],
  '0200-order-shipments': ['order_shipment'],
  '0210-contact-log': [
    'contact_master',
    'contact_log',
    'contact_log_order',
    'callback',
    'pinned_note',
    'identity_check',
    'consent_event',
  ],
  '0230-products-offers': ['medium', 'offer', 'offer_product'],
  '0236-order-legal': [],
  '0240-subscriptions': [
    'subscription',
    'subscription_item',
    'subscription_price_step',
    'subscription_turn_change',
    'subscription_cycle',
    'subscription_event',
    'subscription_run',
  ],
  '0250-customer-merge': ['customer_merge', 'customer_merge_move', 'customer_distinct'],
  '0260-blacklist': ['blacklist_entry', 'blacklist_key', 'order_hold', 'customer_standing_event'],
  '0270-discounts-plans': [],
  '0280-subscription-runs': [],
  '0300-subscription-imports': [
    'subscription_import',
    'subscription_import_row',
    'subscription_import_fault',
    'subscription_import_kept',
    'subscription_import_mapping',
  ],
  '0310-customer-mails': ['mail_template', 'customer_mail'],
  '0320-subscription-list': [],
  '0330-subscription-run-sums': [],
  '0340-subscription-bulk': ['subscription_bulk', 'subscription_bulk_row'],
  '0350-subscription-due': [],
  '0360-open-payments': [],
  '0370-subscription-medium': [],
  '0380-keypad-updates': ['keypad_update'],
  '0390-bulk-own-turns': [],
  '0410-bulk-sums': [],
}

/** Columns that a migration adds to a table that was there before. */
const ADDS: Readonly<Record<string, readonly string[]>> = {
  '0110-checkout-purpose': ['purpose', 'order_id', 'replaces_card_id', 'held_until'].map(
    (column) => `checkout.${column}`,
  ),
  '0120-customer-file': ['kind', 'company', 'status', 'merged_into', 'blacklist', 'import_id'].map(
    (column) => `customer.${column}`,
  ),
  '0230-products-offers': [
    ...['price_kind', 'subscribable', 'bundleable', 'stock', 'sale_from', 'sale_to'].map(
      (column) => `product.${column}`,
    ),
    'order_line.price_kind',
    ...['tax_added', 'discount_reason', 'discount_by'].map((column) => `sales_order.${column}`),
  ],
  '0236-order-legal': ['legal_mode', 'legal_reason'].map((column) => `sales_order.${column}`),
  '0200-order-shipments': ['channel', 'offer_code', 'medium', 'payment_method'].map(
    (column) => `sales_order.${column}`,
  ),
  '0270-discounts-plans': ['checkout.discount_by', 'payment.plan', 'payment.installments'],
  '0280-subscription-runs': ['subscription_run.job_id'],
  '0300-subscription-imports': ['subscription.external_number'],
  '0330-subscription-run-sums': ['ordered_yen', 'authorized_yen'].map(
    (column) => `subscription_run.${column}`,
  ),
  '0370-subscription-medium': ['subscription.medium'],
  '0390-bulk-own-turns': ['subscription_bulk_row.own_turns'],
}

forEachEmptyDatabase('migrations', (openPlace) => {
  let place: DatabasePlace
  let database: DeskDatabase
  beforeEach(async () => {
    place = await openPlace()
    database = await connect(place.config)
  })
  afterEach(async () => {
    await database.close()
    await place.drop()
  })

  const tables = async () =>
    (await database.db.introspection.getTables({ withInternalKyselyTables: false })).map(
      (table) => table.name,
    )
  const columns = async () =>
    (await database.db.introspection.getTables({ withInternalKyselyTables: false })).flatMap((table) =>
      table.columns.map((column) => `${table.name}.${column.name}`),
    )
  const upTo = (name: string) => migrate(database, { config: place.config, clock, upTo: name })
  const backups = () =>
    place.config.kind === 'sqlite'
      ? readdirSync(dirname(place.config.path)).filter((name) => name.endsWith('.bak'))
      : []

  it.each(NAMES)('%s brings its tables to the version before, whose rows stay', async (name) => {
    const before = NAMES[NAMES.indexOf(name) - 1]
    if (before !== undefined) {
      await upTo(before)
      const row = { key: 'kept', value: '{"a":1}', version: 1, updated_at: 1, updated_by: null }
      await database.db.insertInto('setting').values(row).execute()
    }
    const had = new Set(await tables())
    await upTo(name)
    const gained = (await tables()).filter((table) => !had.has(table))
    expect(gained).toEqual(expect.arrayContaining([...(BRINGS[name] ?? ['?'])]))
    expect(await columns()).toEqual(expect.arrayContaining([...(ADDS[name] ?? [])]))
    if (before === undefined) return
    expect(await database.db.selectFrom('setting').select('key').execute()).toEqual([{ key: 'kept' }])
    expect(backups()).toHaveLength(place.config.kind === 'sqlite' ? 1 : 0)
  })

  it('one that fails leaves the database as it was, DDL and all, and names itself', async () => {
    await migrate(database, { config: place.config, clock })
    const had = (await tables()).toSorted()
    const broken: Migration = {
      up: async (db) => {
        await sql`create table half_done (id integer)`.execute(db)
        await sql`insert into setting (key, value, version, updated_at) values ('half', '{}', 1, 1)`.execute(
          db,
        )
        await sql`select * from nowhere`.execute(db)
      },
    }
    const failed = migrate(database, {
      config: place.config,
      clock,
      migrations: { ...MIGRATIONS, '9990-broken': broken },
    })
    const error = await failed.then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(MigrationFailed)
    expect(error).toMatchObject({ migration: '9990-broken' })
    expect((await tables()).toSorted()).toEqual(had)
    expect(await database.db.selectFrom('setting').select('key').execute()).toEqual([])
    if (!(error instanceof MigrationFailed) || error.backupPath === null) return
    const copy = await openDatabase({ kind: 'sqlite', path: error.backupPath }, { clock })
    expect((await copy.db.introspection.getTables()).length).toBe(had.length)
    await copy.close()
  })

  it('a database of a newer program is not touched', async () => {
    const future: Migration = { up: async () => undefined }
    await migrate(database, {
      config: place.config,
      clock,
      migrations: { ...MIGRATIONS, '9999-future': future },
    })
    await expect(migrate(database, { config: place.config, clock })).rejects.toBeInstanceOf(DatabaseTooNew)
  })

  it('keeps the five newest copies', async () => {
    const migrations: Record<string, Migration> = { ...MIGRATIONS }
    await migrate(database, { config: place.config, clock, migrations })
    for (let round = 1; round <= 7; round++) {
      clock.advance(1000)
      migrations[`9${round}00-next`] = { up: async () => undefined }
      await migrate(database, { config: place.config, clock, migrations })
    }
    expect(backups()).toHaveLength(place.config.kind === 'sqlite' ? 5 : 0)
  })
})
