import type { SubscriptionForm } from '../../src/contract/subscription-form'
import { tokenize } from '../../src/main/checkout/2-tokenization'
import { addDays, businessDate } from '../../src/main/domain/calendar/tokyo'
import { systemClock } from '../../src/main/platform/clock'
import { acquirerFolder, keyedFrame, recordedCard, startAcquirer } from './acquirer'
import type { DatabasePlace } from './databases'
import { openSeeded } from './seeded'
import { openEveryDay } from './subscription-rows'
import { subscriptionDeps, subscriptionDesk, wholeForm } from './subscription-world'

/** A shop whose first three products may be taken as 定期, with a payment service that answers. */
export async function openRegistrations(place: DatabasePlace) {
  const books = acquirerFolder()
  const acquirer = await startAcquirer(books.folder)
  const service = acquirer.service()
  const identity = await service.identify()
  if ('kind' in identity) throw new Error('no service')
  const active = { service, capabilities: identity.capabilities }
  const { database, admin } = await openSeeded(place.config, systemClock)
  const deps = subscriptionDeps(database, systemClock, async () => ({ ready: true, active }))
  await openEveryDay(database)
  const { db } = database
  const goods = await db.selectFrom('product').select('id').orderBy('code').limit(3).execute()
  const products = goods.map(({ id }) => id)
  await db
    .updateTable('product')
    .set({ subscribable: 1, price_kind: 'gross', temperature: 'normal' })
    .where('id', 'in', products)
    .execute()
  const { id: customerId } = await db
    .selectFrom('customer')
    .select('id')
    .where('status', '=', 'active')
    .orderBy('number')
    .executeTakeFirstOrThrow()
  const desk = subscriptionDesk(deps, admin)

  const keyCard = async (checkoutId: string, pan = '4111111111111111') => {
    const entry = await tokenize(deps, active, recordedCard(keyedFrame({ pan })), { checkoutId })
    if (!('card' in entry)) throw new Error('no card')
    return entry.card.cardId
  }
  return {
    database,
    admin,
    actor: { userId: admin.id, userName: admin.name, shopId: admin.shop.id, seat: 'test' },
    deps,
    acquirer,
    desk,
    customerId,
    products,
    keyCard,
    /** So many days from now. */
    later: (days = 40) => addDays(businessDate(systemClock.now()), days),
    /** A draft with a card keyed for it, as far as the form. */
    async keyed(changes: Partial<SubscriptionForm> = {}) {
      const opened = await desk.openDraft({ customerId })
      const { checkoutId, version } = opened
      const cardId = await keyCard(checkoutId)
      const payment = { method: 'card' as const, cardId }
      const form = wholeForm(customerId, products[0] ?? '', { payment, ...changes })
      return { cardId, ...(await desk.saveDraft({ checkoutId, version, form })) }
    },
    /** From the form to the contract: what was read aloud, and the contract. */
    async register(draft: { readonly checkoutId: string; readonly version: number }) {
      const read = await desk.proceed(draft)
      if (read.readBack === null) throw new Error(`not at the read-back: ${JSON.stringify(read.failure)}`)
      const said = read.readBack.sentences.map(({ text }) => text).join('\n')
      const { mark } = read.readBack
      const done = await desk.confirm({ checkoutId: draft.checkoutId, version: read.version, mark })
      if (done.subscription === null) throw new Error(`no contract: ${JSON.stringify(done.failure)}`)
      return { said, contract: await desk.get({ id: done.subscription.id }) }
    },
    /** Payments of a draft in the service's own books. */
    async booked(checkoutId: string) {
      const rows = await db.selectFrom('payment').select('id').where('checkout_id', '=', checkoutId).execute()
      const ids = new Set(rows.map(({ id }) => id))
      return (await acquirer.books()).payments
        .filter((row) => ids.has(row.payment_id))
        .map(({ amount, state }) => ({ amount, state }))
    },
    async close() {
      await database.close()
      await acquirer.stop()
      books.remove()
      await place.drop()
    },
  }
}
export type RegistrationWorld = Awaited<ReturnType<typeof openRegistrations>>
