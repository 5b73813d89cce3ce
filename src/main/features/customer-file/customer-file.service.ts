import type { AddressFields, CustomerFile, FileFields } from '../../../contract/customer-file'
import { normalizePhone, normalizePostalCode } from '../../../contract/text'
import { yen } from '../../../contract/values'
import { fieldsOfCustomer } from '../../checkout/form-check'
import { shownPayment } from '../../checkout/view'
import { customerKeyStatements } from '../../db/blacklist-keys'
import { indexCustomer } from '../../db/customer-search'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { isPhone, PREFECTURES, type FieldFault } from '../../domain/people/contact-fields'
import { businessDate } from '../../domain/calendar/tokyo'
import type { Clock } from '../../platform/clock'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import { itemsOf } from '../customers/customers.service'
import { fileParts, findAddress, findVisible, ordersPage, paymentsPage } from './customer-file.repository'

export interface FileDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
}

async function need(deps: FileDeps, id: string) {
  const row = await findVisible(deps.database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

/** Everything of a customer besides contact data, cards and orders. */
export async function fileOf(deps: FileDeps, id: string): Promise<CustomerFile> {
  const row = await need(deps, id)
  const { phones, addresses, tags, consents } = await fileParts(deps.database.db, id)
  return {
    id,
    version: row.version,
    fields: {
      company: row.company ?? '',
      sex: row.sex,
      birthday: row.birthday,
      phones: phones.map(({ label, typed, digits }) => ({ label, phone: digits || typed })),
      tags: tags.map(({ tag }) => tag).filter(Boolean),
      mailConsent: row.mail_consent,
      dmConsent: row.dm_consent,
    },
    addresses: addresses.map((one) => ({
      id: one.id,
      version: one.version,
      label: one.label,
      name: one.name,
      phone: one.phone,
      postalCode: one.postal_code,
      prefecture: one.prefecture,
      city: one.city,
      address: one.address,
      building: one.building ?? '',
    })),
    consents,
  }
}

function faultsOf(fields: FileFields, today: string): FieldFault[] {
  const faults: FieldFault[] = []
  fields.phones.forEach(({ phone }, index) => {
    if (!isPhone(normalizePhone(phone)))
      faults.push({
        path: `phones.${index}`,
        message: '電話番号を0から始まる10桁または11桁で入力してください。',
      })
  })
  if (fields.birthday !== null && (fields.birthday > today || fields.birthday < '1890-01-01'))
    faults.push({ path: 'birthday', message: '生年月日を確認してください。' })
  return faults
}

interface FileChange {
  readonly customerId: string
  readonly version: number
  readonly fields: FileFields
  readonly consentHow: string
}

/** Keeps a changed file over the version that the screen has seen; a changed consent is noted with how it came. */
export async function saveFile(deps: FileDeps, change: FileChange, userId: string): Promise<CustomerFile> {
  const { db } = deps.database
  const { customerId: id, fields } = change
  const row = await need(deps, id)
  if (row.version !== change.version) throw new Refusal('STALE', { version: row.version })
  const now = deps.clock.now()
  const faults = faultsOf(fields, businessDate(now))
  const how = change.consentHow.trim()
  const consents = [
    { channel: 'mail' as const, consent: fields.mailConsent, before: row.mail_consent },
    { channel: 'dm' as const, consent: fields.dmConsent, before: row.dm_consent },
  ].filter(({ consent, before }) => consent !== before)
  if (consents.length > 0 && how === '')
    faults.push({ path: 'consentHow', message: '同意をどのように確認したかを入力してください。' })
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  const update = db
    .updateTable('customer')
    .set({
      company: fields.company.trim() || null,
      sex: fields.sex,
      birthday: fields.birthday,
      mail_consent: fields.mailConsent,
      dm_consent: fields.dmConsent,
      updated_at: now,
      version: row.version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', row.version)
  const events = consents.map(({ channel, consent }) => ({
    id: newId(),
    customer_id: id,
    at: now,
    channel,
    consent,
    how,
    operator_id: userId,
  }))
  const contact = fieldsOfCustomer(row)
  const otherPhones = fields.phones.map(({ phone }) => normalizePhone(phone))
  try {
    await deps.database.batch([
      { query: update.compile(), expect: { changes: 1 } },
      ...phoneStatements(deps, id, fields),
      ...indexCustomer(deps.database, { number: row.number, ...contact, otherPhones }),
      ...customerKeyStatements(deps.database, row, contact, otherPhones),
      ...tagStatements(deps, id, fields.tags),
      ...(events.length > 0 ? [{ query: db.insertInto('consent_event').values(events).compile() }] : []),
    ])
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExpectationFailed') throw error
    throw new Refusal('STALE', { version: (await need(deps, id)).version })
  }
  return fileOf(deps, id)
}

function phoneStatements({ database: { db } }: FileDeps, id: string, { phones }: FileFields): Statement[] {
  const rows = phones.map(({ label, phone }, position) => {
    const digits = normalizePhone(phone)
    return {
      customer_id: id,
      position,
      digits,
      last4: digits.slice(-4),
      typed: phone.trim(),
      label: label.trim(),
    }
  })
  return [
    { query: db.deleteFrom('customer_other_phone').where('customer_id', '=', id).compile() },
    ...(rows.length > 0 ? [{ query: db.insertInto('customer_other_phone').values(rows).compile() }] : []),
  ]
}

function tagStatements({ database: { db } }: FileDeps, id: string, tags: readonly string[]): Statement[] {
  const rows = [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))].map((tag) => ({
    customer_id: id,
    tag,
  }))
  return [
    { query: db.deleteFrom('customer_tag').where('customer_id', '=', id).compile() },
    ...(rows.length > 0 ? [{ query: db.insertInto('customer_tag').values(rows).compile() }] : []),
  ]
}

function addressColumns(fields: AddressFields) {
  const row = {
    label: fields.label.trim(),
    name: fields.name.trim(),
    phone: normalizePhone(fields.phone),
    postal_code: normalizePostalCode(fields.postalCode),
    prefecture: fields.prefecture.trim(),
    city: fields.city.trim(),
    address: fields.address.trim(),
    building: fields.building.trim() || null,
  }
  const faults: FieldFault[] = []
  const check = (path: string, ok: boolean, message: string) => {
    if (!ok) faults.push({ path, message })
  }
  check('name', row.name !== '', 'お届け先のお名前を入力してください。')
  check('phone', isPhone(row.phone), '電話番号を0から始まる10桁または11桁で入力してください。')
  check('postalCode', /^\d{7}$/.test(row.postal_code), '郵便番号を7桁で入力してください。')
  check('prefecture', PREFECTURES.includes(row.prefecture), '都道府県を選択してください。')
  check('city', row.city !== '', '市区町村を入力してください。')
  check('address', row.address !== '', '町名・番地を入力してください。')
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  return row
}

export async function addAddress(deps: FileDeps, customerId: string, fields: AddressFields) {
  await need(deps, customerId)
  const now = deps.clock.now()
  await deps.database.db
    .insertInto('customer_address')
    .values({
      id: newId(),
      customer_id: customerId,
      ...addressColumns(fields),
      created_at: now,
      updated_at: now,
      removed_at: null,
      version: 1,
    })
    .execute()
  return fileOf(deps, customerId)
}

export async function saveAddress(
  deps: FileDeps,
  change: { id: string; version: number; fields: AddressFields },
) {
  const { db } = deps.database
  const before = await findAddress(db, change.id)
  if (!before || before.removed_at !== null) throw new Refusal('NOT_FOUND')
  const saved = await db
    .updateTable('customer_address')
    .set({ ...addressColumns(change.fields), updated_at: deps.clock.now(), version: change.version + 1 })
    .where('id', '=', change.id)
    .where('version', '=', change.version)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (Number(saved.numUpdatedRows) !== 1) {
    const current = await findAddress(db, change.id)
    throw new Refusal('STALE', { version: current?.version ?? before.version })
  }
  return fileOf(deps, before.customer_id)
}

/** Takes an お届け先 away or brings it back; it counts as a change of the address. */
export async function setAddressRemoved(deps: FileDeps, change: { id: string; removed: boolean }) {
  const { db } = deps.database
  const before = await findAddress(db, change.id)
  if (!before) throw new Refusal('NOT_FOUND')
  const now = deps.clock.now()
  await db
    .updateTable('customer_address')
    .set((eb) => ({
      removed_at: change.removed ? now : null,
      updated_at: now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', change.id)
    .execute()
  return fileOf(deps, before.customer_id)
}

interface PageOf {
  readonly customerId: string
  readonly cursor: string | null
  readonly limit: number
}

export async function ordersOf(deps: FileDeps, input: PageOf) {
  const { db } = deps.database
  const page = await ordersPage(db, input)
  const items = await itemsOf(
    db,
    page.items.map(({ id }) => id),
  )
  return {
    ...page,
    items: page.items.map((row) => ({
      id: row.id,
      number: row.number,
      orderedAt: row.ordered_at,
      status: row.status,
      total: yen(row.total),
      items: items.get(row.id) ?? '',
    })),
  }
}

export async function paymentsOf(deps: FileDeps, input: PageOf) {
  const page = await paymentsPage(deps.database.db, input)
  return {
    ...page,
    items: page.items.map((row) => ({
      ...shownPayment(row),
      id: row.id,
      orderId: row.order_id,
      orderNumber: row.order_number,
    })),
  }
}
