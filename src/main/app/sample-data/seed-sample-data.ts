import type { Insertable } from 'kysely'
import type { CheckoutTable } from '../../db/database.types'
import { indexCustomer } from '../../db/customer-search'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { normalizeForSearch } from '../../../contract/text'
import { businessDate, startOfBusinessDate } from '../../domain/calendar/tokyo'
import type { Clock } from '../../platform/clock'
import { newId } from '../../platform/ids'
import { GOODS } from './goods'
import { FAMILY_NAMES, GIVEN_NAMES, TOWNS } from './names'
import { chance, type Chance } from './random'
import { callStatements } from './sample-calls'
import { contactStatements } from './sample-contacts'
import { keypadStatements } from './sample-keypads'
import { offerStatements } from './sample-offers'
import { sampleOrder, type SampleCustomer } from './sample-orders'

const CUSTOMERS = 300
const ORDERS = 200
const ADMIN_NAME = '練習 花子'
const DAY = 86_400_000
/** Phones are answered from nine to eight. */
const OPENING = 9 * 3_600_000
const OPEN = 11 * 3_600_000

interface Cast {
  readonly shopId: string
  readonly adminId: string
}

/** Fills an empty database with an invented shop: people, 300 customers, 40 products, three offers, 200 past orders, five keypads. */
export async function seedSampleData(
  database: DeskDatabase,
  options: { clock: Clock; passwordHash: string },
): Promise<void> {
  const luck = chance(20_261_123)
  const now = options.clock.now()
  const cast: Cast = { shopId: newId(), adminId: newId() }
  const products = GOODS.map((good) => ({ ...good, id: newId() }))
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => customerOf(index, luck))
  await database.batch([
    ...peopleStatements(database, cast, options.passwordHash, now),
    ...keypadStatements(database, { ...cast, adminName: ADMIN_NAME }, now),
    ...callStatements(database, { ...cast, customers }, now),
    ...productStatements(database, products, now),
    ...offerStatements(database, products, now),
    ...customers.flatMap((customer) => customerStatements(database, customer, now)),
    ...contactStatements(database, { ...cast, customers }, now),
  ])
  await database.batch(orderStatements(database, cast, customers, products, luck, now))
}

function peopleStatements(
  database: DeskDatabase,
  cast: Cast,
  passwordHash: string,
  now: number,
): Statement[] {
  const { db } = database
  const person = (id: string, email: string, name: string, role: 'admin' | 'staff') => ({
    id,
    email,
    name,
    role,
    shop_id: cast.shopId,
    password_hash: passwordHash,
    status: 'active' as const,
    failed_count: 0,
    last_login_at: null,
    created_at: now,
    updated_at: now,
    version: 1,
  })
  const shop = {
    id: cast.shopId,
    code: '001',
    name: 'さくら通販 本店',
    postal_code: '1000001',
    address: '東京都千代田区千代田1-1-1',
    phone: '0300000000',
    registration_number: null,
    created_at: now,
    version: 1,
  }
  return [
    { query: db.insertInto('shop').values(shop).compile() },
    {
      query: db
        .insertInto('staff_user')
        .values([
          person(cast.adminId, 'admin@example.jp', ADMIN_NAME, 'admin'),
          person(newId(), 'staff@example.jp', '練習 太郎', 'staff'),
        ])
        .compile(),
    },
  ]
}

/**
 * Pieces of the few products that the sample shop counts. Of those that its 定期 need, some last for the next 90 days and
 * some do not: the forecast has something to say.
 */
const SAMPLE_STOCK: Readonly<Record<string, number>> = {
  A104: 16,
  A106: 90,
  A107: 8,
  A108: 18,
  C301: 30,
  C306: 60,
  B203: 48,
  B205: 120,
  B211: 36,
  E504: 15,
  E505: 60,
}

type SampleProduct = (typeof GOODS)[number] & { readonly id: string }

function productStatements(
  database: DeskDatabase,
  products: readonly SampleProduct[],
  now: number,
): Statement[] {
  const rows = products.map((good) => ({
    id: good.id,
    code: good.code,
    name: good.name,
    kana: good.kana,
    search_text: [good.code, good.name, good.kana].map(normalizeForSearch).join(' '),
    price: good.price,
    tax_class: good.taxClass,
    temperature: good.temperature,
    active: 1,
    // Supplements and teas are taken 定期; what is frozen travels alone.
    subscribable: /^[AC]/.test(good.code) ? 1 : 0,
    bundleable: good.temperature === 'frozen' ? 0 : 1,
    stock: SAMPLE_STOCK[good.code] ?? null,
    created_at: now,
    updated_at: now,
    version: 1,
  }))
  return [{ query: database.db.insertInto('product').values(rows).compile() }]
}

interface Person extends SampleCustomer {
  readonly number: number
  readonly names: readonly [family: string, given: string, familyKana: string, givenKana: string]
  readonly email: string | null
}

/** Phones begin with a real area code and go on with 00: no such numbers are given out. */
function phoneOf(area: string, index: number, luck: Chance): string {
  const last4 = String(1000 + ((index * 37) % 9000))
  if (luck.below(2) === 0) return `090${'0000'}${last4}`
  return area.padEnd(6, '0') + last4
}

function customerOf(index: number, luck: Chance): Person {
  const [family, familyKana] = luck.pickSkewed(FAMILY_NAMES)
  const [given, givenKana] = luck.pick(GIVEN_NAMES)
  const town = luck.pickSkewed(TOWNS)
  const address = `${town.town}${1 + luck.below(5)}-${1 + luck.below(20)}-${1 + luck.below(30)}`
  return {
    id: newId(),
    number: 10_001 + index,
    names: [family, given, familyKana, givenKana],
    name: `${family} ${given}`,
    kana: `${familyKana} ${givenKana}`,
    phone: phoneOf(town.area, index, luck),
    email: luck.below(3) === 0 ? null : `customer${10_001 + index}@example.jp`,
    postalCode: town.postalCode,
    prefecture: town.prefecture,
    city: town.city,
    address,
  }
}

function customerStatements(database: DeskDatabase, person: Person, now: number): Statement[] {
  const [familyName, givenName, familyKana, givenKana] = person.names
  const row = {
    id: person.id,
    number: person.number,
    family_name: familyName,
    given_name: givenName,
    family_kana: familyKana,
    given_kana: givenKana,
    email: person.email,
    phone: person.phone,
    phone_last4: person.phone.slice(-4),
    postal_code: person.postalCode,
    prefecture: person.prefecture,
    city: person.city,
    address: person.address,
    building: null,
    note: null,
    created_at: now - 200 * DAY,
    updated_at: now - 200 * DAY,
    version: 1,
  }
  const searchable = {
    ...person,
    familyName,
    givenName,
    familyKana,
    givenKana,
    email: person.email ?? '',
    building: '',
  }
  return [
    { query: database.db.insertInto('customer').values(row).compile() },
    ...indexCustomer(database, searchable),
  ]
}

function orderStatements(
  database: DeskDatabase,
  cast: Cast,
  customers: readonly Person[],
  goods: readonly SampleProduct[],
  luck: Chance,
  now: number,
): Statement[] {
  const { db } = database
  const statements: Statement[] = []
  for (let index = 0; index < ORDERS; index++) {
    const day = startOfBusinessDate(businessDate(now - Math.floor((180 * DAY * (ORDERS - index)) / ORDERS)))
    const at = day + OPENING + luck.below(OPEN)
    const customer = luck.pickSkewed(customers)
    const seed = {
      number: 100_001 + index,
      at: Math.min(at, now),
      now,
      customer,
      goods,
      shopId: cast.shopId,
      operatorId: cast.adminId,
    }
    const { order, lines, taxes, payment } = sampleOrder(seed, luck)
    if (payment) {
      const checkout = completedCheckout(cast, seed.number, seed.at)
      statements.push({ query: db.insertInto('checkout').values(checkout).compile() })
      statements.push({
        query: db
          .insertInto('sales_order')
          .values({ ...order, checkout_id: checkout.id })
          .compile(),
      })
      statements.push({
        query: db
          .insertInto('payment')
          .values({ ...payment, checkout_id: checkout.id })
          .compile(),
      })
    } else statements.push({ query: db.insertInto('sales_order').values(order).compile() })
    statements.push({ query: db.insertInto('order_line').values(lines).compile() })
    statements.push({ query: db.insertInto('order_tax').values(taxes).compile() })
  }
  const sequences = [
    { name: 'customer', next: 10_001 + CUSTOMERS },
    { name: 'order', next: 100_001 + ORDERS },
    { name: 'transaction', next: 1 + ORDERS },
  ]
  return [...statements, { query: db.insertInto('sequence').values(sequences).compile() }]
}

/** The checkout that a past card order came from: finished, its form long gone. */
function completedCheckout(
  cast: Cast,
  orderNumber: number,
  at: number,
): Insertable<CheckoutTable> & { id: string } {
  return {
    id: newId(),
    kind: 'order',
    status: 'completed',
    form: '',
    form_version: 1,
    order_number: orderNumber,
    operator_id: cast.adminId,
    seat: 'sample',
    customer_id: null,
    amount: null,
    authorized_at: at,
    created_at: at,
    updated_at: at,
    version: 1,
  }
}
