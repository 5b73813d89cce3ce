import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { seedSampleData } from '../../../src/main/app/sample-data/seed-sample-data'
import { customerRuns, searchDocument } from '../../../src/main/db/customer-search'
import { openDatabase } from '../../../src/main/db/open-database'
import { MIGRATIONS } from '../../../src/main/db/migrations'
import { manualClock } from '../../../src/main/platform/clock'
import { chance, person, type Person } from './people'

/** Generated bases are kept here between runs; the name tells what is in them. */
const FOLDER = join(import.meta.dirname, '..', '..', '..', 'out', 'big')
const FIRST_NUMBER = 20_001
const FIRST_ORDER = 1_000_001
/** Today in the base: its last order. */
export const NOW = Date.UTC(2026, 10, 23)
const DAY = 86_400_000
const YEARS = 5 * 365

export interface BigBase {
  readonly customers: number
  readonly orders: number
}

/** An id that grows with its number: the shape of uuid v7, made without chance. */
const idOf = (kind: string, number: number): string => {
  const hex = number.toString(16).padStart(12, '0')
  return `0190${kind}-${hex.slice(0, 4)}-7000-8000-${hex}`
}

export const customerIdOf = (number: number): string => idOf('c0de', number)

/** The people of a base, in the order of their numbers; always the same. */
export function* people(count: number): Generator<Person> {
  const luck = chance(4_711)
  for (let index = 0; index < count; index++) yield person(luck, FIRST_NUMBER + index)
}

/** The schema that a base is made by: the number of its last migration. */
export const schemaOf = (): string => Object.keys(MIGRATIONS).at(-1)?.slice(0, 4) ?? ''

/** A base of this size that an earlier schema made: it is brought up to date as any shop's is. */
function olderBase({ customers, orders }: BigBase): string | null {
  const name = new RegExp(`^${customers}-${orders}-\\d{4}\\.db$`)
  const found = readdirSync(FOLDER).filter((file) => name.test(file) && file.slice(-7, -3) < schemaOf())
  const last = found.sort().at(-1)
  return last === undefined ? null : join(FOLDER, last)
}

async function migrated(path: string): Promise<void> {
  const desk = await openDatabase({ kind: 'sqlite', path, synchronous: 'OFF' }, { clock: manualClock(NOW) })
  await desk.close()
  for (const file of readdirSync(FOLDER)) {
    const isBackup = file.startsWith(basename(path)) && file !== basename(path)
    if (isBackup) rmSync(join(FOLDER, file))
  }
}

/** The file of a base with so many customers and orders; made by the desk's own schema once, then kept. */
export async function bigBase(
  size: BigBase,
  report: (line: string) => void = () => undefined,
): Promise<string> {
  const path = join(FOLDER, `${size.customers}-${size.orders}-${schemaOf()}.db`)
  if (existsSync(path)) return path
  mkdirSync(FOLDER, { recursive: true })
  const making = `${path}.making`
  for (const end of ['', '-wal', '-shm']) rmSync(making + end, { force: true })
  const older = olderBase(size)
  if (older !== null) {
    report('migrations')
    copyFileSync(older, making)
    await migrated(making)
    renameSync(making, path)
    rmSync(older)
    return path
  }
  const desk = await openDatabase(
    { kind: 'sqlite', path: making, synchronous: 'OFF' },
    { clock: manualClock(NOW) },
  )
  await seedSampleData(desk, { clock: manualClock(NOW), passwordHash: 'x' })
  await desk.close()
  const file = new DatabaseFile(making)
  file.pragma('synchronous = OFF')
  file.pragma('cache_size = -800000')
  fillCustomers(file, size.customers, report)
  fillOrders(file, size, report)
  // No `analyze`: a desk never does, so that its plans are the same on every machine.
  file.exec(`insert into customer_search (customer_search) values ('optimize')`)
  file.pragma('wal_checkpoint(TRUNCATE)')
  file.close()
  renameSync(making, path)
  return path
}

const CHUNK = 10_000

function inChunks(file: DatabaseFile.Database, count: number, one: (index: number) => void): void {
  const chunk = file.transaction((from: number) => {
    for (let index = from; index < Math.min(from + CHUNK, count); index++) one(index)
  })
  for (let from = 0; from < count; from += CHUNK) chunk(from)
}

function fillCustomers(file: DatabaseFile.Database, count: number, report: (line: string) => void): void {
  report(`customers ${count}`)
  const insert =
    file.prepare(`insert into customer (id, number, family_name, given_name, family_kana, given_kana, email,
    phone, phone_last4, postal_code, prefecture, city, address, building, created_at, updated_at, version)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`)
  const index = file.prepare('insert into customer_search (rowid, tokens) values (?, ?)')
  const all = people(count)
  inChunks(file, count, (at) => {
    const next = all.next()
    if (next.done === true) return
    const one = next.value
    const born = NOW - YEARS * DAY + Math.floor((at / count) * YEARS) * DAY
    insert.run(
      customerIdOf(one.number),
      one.number,
      one.familyName,
      one.givenName,
      one.familyKana,
      one.givenKana,
      one.email || null,
      one.phone,
      one.phone.slice(-4),
      one.postalCode,
      one.prefecture,
      one.city,
      one.address,
      one.building || null,
      born,
      born,
    )
    index.run(one.number, searchDocument('sqlite', customerRuns(one)))
  })
}

interface ProductRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly price: number
  readonly tax_class: 'standard' | 'reduced'
}

function fillOrders(file: DatabaseFile.Database, size: BigBase, report: (line: string) => void): void {
  report(`orders ${size.orders}`)
  const luck = chance(815)
  const shop = file.prepare<[], { id: string }>('select id from shop').get()
  const operator = file.prepare<[], { id: string }>('select id from staff_user').get()
  const products = file.prepare<[], ProductRow>('select id, code, name, price, tax_class from product').all()
  const whoIs = file.prepare<[number], Record<string, string>>('select * from customer where number = ?')
  const order =
    file.prepare(`insert into sales_order (id, number, checkout_id, status, shop_id, operator_id, customer_id,
    customer_name, customer_kana, customer_phone, customer_postal_code, customer_prefecture, customer_city,
    customer_address, customer_building, ship_name, ship_phone, ship_postal_code, ship_prefecture, ship_city, ship_address,
    ship_building, payment_method, subtotal, shipping, fee, discount, total, ordered_at, updated_at, version)
    values (@id, @number, null, @status, @shop, @operator, @customer, @name, @kana, @phone, @postal, @prefecture, @city,
    @address, @building, @name, @phone, @postal, @prefecture, @city, @address, @building, @method, @subtotal, @shipping,
    0, 0, @total, @at, @at, 1)`)
  const line =
    file.prepare(`insert into order_line (order_id, position, kind, product_id, code, name, unit_price,
    quantity, amount, tax_class, rate_percent) values (?, ?, 'product', ?, ?, ?, ?, ?, ?, ?, ?)`)
  const tax = file.prepare('insert into order_tax (order_id, rate_percent, taxable, tax) values (?, ?, ?, ?)')
  inChunks(file, size.orders, (at) => {
    const number = FIRST_ORDER + at
    const id = idOf('0bde', number)
    const who = whoIs.get(FIRST_NUMBER + luck.below(size.customers))
    if (!who) return
    const goods = Array.from({ length: 1 + luck.below(2) }, () => luck.pickSkewed(products))
    const subtotal = goods.reduce((sum, { price }) => sum + price, 0)
    const shipping = subtotal >= 5000 ? 0 : 550
    order.run({
      id,
      number,
      status: luck.below(40) === 0 ? 'cancelled' : 'shipped',
      shop: shop?.id,
      operator: operator?.id,
      customer: who['id'],
      name: `${who['family_name']} ${who['given_name']}`,
      kana: `${who['family_kana']} ${who['given_kana']}`,
      phone: who['phone'],
      postal: who['postal_code'],
      prefecture: who['prefecture'],
      city: who['city'],
      address: who['address'],
      building: who['building'],
      method: luck.pickSkewed(['card', 'cod', 'deferred', 'bank-transfer']),
      subtotal,
      shipping,
      total: subtotal + shipping,
      at: NOW - YEARS * DAY + Math.floor((at / size.orders) * YEARS * DAY),
    })
    for (const [position, good] of goods.entries()) {
      const rate = good.tax_class === 'reduced' ? 8 : 10
      line.run(
        id,
        position + 1,
        good.id,
        good.code,
        good.name,
        good.price,
        1,
        good.price,
        good.tax_class,
        rate,
      )
    }
    tax.run(id, 10, subtotal + shipping, Math.floor(((subtotal + shipping) * 10) / 110))
  })
}
