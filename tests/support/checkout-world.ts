import { EMPTY_FORM, type Actor, type CheckoutDeps, type CheckoutStep } from '../../src/main/checkout/deps'
import { openDatabase, type DeskDatabase, type OpenConfig } from '../../src/main/db/open-database'
import { readCharges } from '../../src/main/features/charges/charges.service'
import { readBlacklistRules } from '../../src/main/features/blacklist/blacklist.service'
import { readSubscriptionSettings } from '../../src/main/features/subscriptions/subscription-settings.service'
import type { PaymentService } from '../../src/main/gateways/payment-service.port'
import type { DeskEvent } from '../../src/contract/system'
import type { CheckoutForm } from '../../src/contract/checkout'
import { systemClock, type Clock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { silentLog } from '../../src/main/platform/log'
import type { SecretBox } from '../../src/main/platform/secrets'
import { tokenize } from '../../src/main/checkout/2-tokenization'
import { keyedFrame, recordedCard } from './acquirer'
import { openWithSampleShop } from './sample-shop'

/** Seals nothing: the tests read what the desk wrote. */
const openBox: SecretBox = { protection: 'key-file', seal: (plain) => plain, open: (sealed) => sealed }

export interface World {
  readonly deps: CheckoutDeps
  readonly actor: Actor
  close(): Promise<void>
}

async function openShop(config: OpenConfig, clock: Clock): Promise<DeskDatabase> {
  const database = await openDatabase(config, { clock })
  const shop = await database.db.selectFrom('shop').select('id').executeTakeFirst()
  if (shop) return database
  await database.close()
  return openWithSampleShop(config, clock)
}

/** The checkout flow on a real database and a real payment service, without windows. */
export async function openWorld(
  config: OpenConfig,
  service: PaymentService,
  options: { clock?: Clock; onStep?: (step: CheckoutStep) => void } = {},
): Promise<World> {
  const clock = options.clock ?? systemClock
  const database = await openShop(config, clock)
  const operator = await database.db
    .selectFrom('staff_user')
    .selectAll()
    .where('role', '=', 'admin')
    .executeTakeFirstOrThrow()
  const identity = await service.identify()
  if ('kind' in identity) throw new Error('the payment service does not answer')
  const active = { service, capabilities: identity.capabilities }
  const deps: CheckoutDeps = {
    database,
    clock,
    box: openBox,
    log: silentLog,
    events: new Emitter<DeskEvent>(),
    activeService: async () => ({ ready: true, active }),
    charges: () => readCharges(database.db),
    blacklistRules: () => readBlacklistRules(database.db),
    subscriptionSettings: async () => (await readSubscriptionSettings(database.db)).value,
    ...(options.onStep ? { onStep: options.onStep } : {}),
  }
  const actor = { userId: operator.id, userName: operator.name, shopId: operator.shop_id, seat: 'test' }
  return { deps, actor, close: () => database.close() }
}

/** A complete form of a known customer, two products, and a card keyed for this checkout. */
export async function filledForm(world: World, checkoutId: string): Promise<CheckoutForm> {
  const { db } = world.deps.database
  const customer = await db.selectFrom('customer').select('id').orderBy('number').executeTakeFirstOrThrow()
  const products = await db.selectFrom('product').select('id').orderBy('code').limit(2).execute()
  const choice = await world.deps.activeService()
  if (!choice.ready) throw new Error('no service')
  const keyed = await tokenize(world.deps, choice.active, recordedCard(keyedFrame()), { checkoutId })
  if (!('card' in keyed)) throw new Error('no card')
  return {
    ...EMPTY_FORM,
    customer: { kind: 'existing', customerId: customer.id },
    lines: products.map(({ id }) => ({ productId: id, quantity: 1, shipment: 0 })),
    payment: { method: 'card', cardId: keyed.card.cardId, keepCard: false },
  }
}
