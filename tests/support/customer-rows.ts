import type { Insertable } from 'kysely'
import type { CustomerTable } from '../../src/main/db/customer-tables.types'
import type { CustomerImportTable } from '../../src/main/db/import-tables.types'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { newId } from '../../src/main/platform/ids'

/** A person who may start imports; answers with their id. */
export async function addStaff(database: DeskDatabase): Promise<string> {
  const [shop, staff] = [newId(), newId()]
  const known = await database.db.selectFrom('staff_user').select('id').limit(1).executeTakeFirst()
  if (known) return known.id
  await database.db
    .insertInto('shop')
    .values({
      id: shop,
      code: 'S1',
      name: '本店',
      postal_code: '1000001',
      address: '東京都千代田区',
      phone: '0312345678',
      registration_number: null,
      created_at: 0,
      version: 1,
    })
    .execute()
  await database.db
    .insertInto('staff_user')
    .values({
      id: staff,
      email: 'staff@example.jp',
      name: '受付 花子',
      role: 'admin',
      shop_id: shop,
      password_hash: 'x',
      status: 'active',
      failed_count: 0,
      last_login_at: null,
      created_at: 0,
      updated_at: 0,
      version: 1,
    })
    .execute()
  return staff
}

/** A customer with everything that is not given made up. */
export async function addPerson(
  database: DeskDatabase,
  person: Partial<Insertable<CustomerTable>> & { number: number },
): Promise<string> {
  const id = person.id ?? newId()
  const phone = person.phone ?? `03${String(person.number).padStart(8, '0')}`
  await database.db
    .insertInto('customer')
    .values({
      id,
      family_name: '鈴木',
      given_name: '一郎',
      family_kana: 'スズキ',
      given_kana: 'イチロウ',
      email: null,
      phone,
      phone_last4: phone.slice(-4),
      postal_code: '1000001',
      prefecture: '東京都',
      city: '千代田区',
      address: '千代田1-1',
      building: null,
      note: null,
      created_at: 0,
      updated_at: 0,
      version: 1,
      ...person,
    })
    .execute()
  return id
}

/** The row of an import as if it had read nothing. */
export async function addImport(
  database: DeskDatabase,
  { id, hidden, staff }: { id: string; hidden: 0 | 1; staff: string },
): Promise<void> {
  const row: CustomerImportTable = {
    id,
    state: hidden ? 'reading' : 'visible',
    hidden,
    file_name: 'customers.csv',
    file_path: '/nowhere/customers.csv',
    file_size: 0,
    file_stamp: 0,
    plan: '{}',
    number_base: 10_001,
    byte_offset: 0,
    line: 0,
    chunk: 0,
    rows_read: 0,
    rows_added: 0,
    rows_updated: 0,
    rows_skipped: 0,
    rows_broken: 0,
    rows_kept: 0,
    job_id: null,
    started_by: staff,
    created_at: 0,
    visible_at: null,
    undone_at: null,
    version: 1,
  }
  await database.db.insertInto('customer_import').values(row).execute()
}
