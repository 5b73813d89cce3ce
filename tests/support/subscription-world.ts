import { createRouterClient } from '@orpc/server'
import type { SubscriptionForm } from '../../src/contract/subscription-form'
import { EMPTY_FORM, type CheckoutDeps } from '../../src/main/checkout/deps'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { readBlacklistRules } from '../../src/main/features/blacklist/blacklist.service'
import { readCharges } from '../../src/main/features/charges/charges.service'
import { readSubscriptionSettings } from '../../src/main/features/subscriptions/subscription-settings.service'
import { subscriptionsRouter } from '../../src/main/features/subscriptions/subscriptions.router'
import type { Clock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { newId } from '../../src/main/platform/ids'
import { silentLog } from '../../src/main/platform/log'
import type { SaveFile } from '../../src/main/platform/save-file'
import { contractRow, insertContracts, insertItems, owners, type ContractRow } from './subscription-rows'
import { sessionAs, type SampleAdmin } from './seeded'

/** What the features of 定期 are handed, without a payment service unless one is given. */
export const subscriptionDeps = (
  database: DeskDatabase,
  clock: Clock,
  activeService: CheckoutDeps['activeService'] = async () => ({ ready: false, cause: 'service-not-set-up' }),
): CheckoutDeps => ({
  database,
  clock,
  activeService,
  box: { protection: 'key-file', seal: (plain) => plain, open: (sealed) => sealed },
  log: silentLog,
  events: new Emitter(),
  charges: () => readCharges(database.db),
  blacklistRules: () => readBlacklistRules(database.db),
  subscriptionSettings: async () => (await readSubscriptionSettings(database.db)).value,
})

/** The procedures of 定期 as one person at the desk calls them. */
export function subscriptionDesk(
  deps: CheckoutDeps,
  admin: SampleAdmin,
  role: 'admin' | 'staff' = 'admin',
  saveFile: SaveFile = async () => ({ saved: false }),
) {
  const seat = { name: '受付1番', session: sessionAs(admin, role), lastTouchedAt: deps.clock.now() }
  return createRouterClient(
    subscriptionsRouter(() => deps, saveFile),
    { context: { seat } },
  )
}

export type SubscriptionDesk = ReturnType<typeof subscriptionDesk>

/** One contract of one product, every month on the 10th unless something else is given; the answer is its id. */
export async function plantContract(
  database: DeskDatabase,
  admin: SampleAdmin,
  contract: Partial<ContractRow> = {},
): Promise<string> {
  const owning = await owners(database, admin)
  const { db } = database
  const { count } = await db
    .selectFrom('subscription')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const row = contractRow(owning, {
    id: newId(),
    number: 900_001 + Number(count),
    rule: JSON.stringify({ kind: 'months', every: 1, day: 10 }),
    anchor: '2026-12-10',
    payment_method: 'cod',
    gift: JSON.stringify(EMPTY_FORM.shipments[0]?.gift),
    ...contract,
  })
  await insertContracts(database, [row])
  const [product] = owning.products
  if (!product) throw new Error('no product')
  await insertItems(database, [
    {
      subscription_id: row.id,
      set_no: 0,
      position: 0,
      product_id: product.id,
      quantity: 1,
      unit_price: 3000,
    },
  ])
  return row.id
}

/** A caller who is not on file yet. */
export const newCaller = {
  kind: 'new' as const,
  fields: {
    familyName: '新田',
    givenName: '花子',
    familyKana: 'ニッタ',
    givenKana: 'ハナコ',
    phone: '0399998888',
    email: '',
    postalCode: '1000001',
    prefecture: '東京都',
    city: '千代田区',
    address: '千代田1-1',
    building: '',
  },
}

/** A form that is whole, for this customer and product. */
export const wholeForm = (
  customerId: string,
  productId: string,
  changes: Partial<SubscriptionForm> = {},
): SubscriptionForm => ({
  customerId,
  itemMode: 'fixed',
  sets: [[{ productId, quantity: 1, unitPrice: 3000 }]],
  priceSteps: [],
  rule: { kind: 'months', every: 1, day: 10 },
  startOn: null,
  minTurns: 0,
  lastTurn: null,
  shipTo: { kind: 'customer' },
  slotCode: null,
  gift: { noshi: null, wrapping: false, bag: false, message: '' },
  payment: { method: 'cod', cardId: null },
  channel: 'phone',
  offerCode: '',
  medium: '',
  note: '',
  consent: true,
  ...changes,
})
