import type { CheckoutDeps } from '../../checkout/deps'
import { loadShipping, type LoadedShipping } from '../../checkout/subscription-plan'
import { loadPrices, priceOfTurn, itemsOfTurn, type LoadedPrices } from '../../checkout/subscription-price'
import { newRun } from '../../checkout/subscription-turn-runs'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { newId } from '../../platform/ids'
import { SAMPLE_OFFERS } from './contracts'
import type { SampleCustomer } from './contract-parts'
import { sampleContract, type SampleContract } from './contract-rows'
import type { SampleRows } from './sample-rows'
import { addTurn, runTime, type MadeTurn } from './turn-rows'

const CONTRACTS = 60
const FIRST_NUMBER = 500_001
/** Every so manyth customer of the sample shop takes a 定期. */
const STRIDE = 5

type Deps = Pick<CheckoutDeps, 'database' | 'clock' | 'charges' | 'subscriptionSettings'>

async function groundOf({ database: { db } }: Deps) {
  const [admin, customers, products, sequences] = await Promise.all([
    db
      .selectFrom('staff_user')
      .select(['id', 'shop_id'])
      .where('role', '=', 'admin')
      .executeTakeFirstOrThrow(),
    db.selectFrom('customer').selectAll().orderBy('number').execute(),
    db.selectFrom('product').select(['id', 'code', 'name']).execute(),
    db.selectFrom('sequence').selectAll().execute(),
  ])
  const nextOf = (name: string): number => sequences.find((one) => one.name === name)?.next ?? 1
  return { admin, customers, products, order: nextOf('order'), transaction: nextOf('transaction') }
}

const noRows = (): SampleRows => ({
  subscription: [],
  subscription_item: [],
  subscription_price_step: [],
  subscription_turn_change: [],
  subscription_cycle: [],
  subscription_event: [],
  subscription_run: [],
  card: [],
  checkout: [],
  sales_order: [],
  order_shipment: [],
  order_line: [],
  order_tax: [],
  payment: [],
  payment_operation: [],
})

function contractsOf(
  shipping: LoadedShipping,
  ground: Awaited<ReturnType<typeof groundOf>>,
): SampleContract[] {
  const { admin, customers, products } = ground
  const goods = new Map(products.map((product) => [product.code, product]))
  const contracts: SampleContract[] = []
  for (let at = 0; at < CONTRACTS; at++) {
    // Two contracts of one customer on one card: a change of the card asks for the other one.
    const twin = at === 45 ? contracts.at(-1) : undefined
    const customer: SampleCustomer | undefined =
      twin?.customer ?? customers[(at * STRIDE + 3) % customers.length]
    const offer = SAMPLE_OFFERS[at % SAMPLE_OFFERS.length]
    if (!customer || !offer) throw new Error('the sample shop has nobody to sell to')
    contracts.push(
      sampleContract(
        { at, count: CONTRACTS, number: FIRST_NUMBER + at, offer, customer, card: twin?.card ?? null },
        { shipping, goods, operatorId: admin.id, shopId: admin.shop_id },
      ),
    )
  }
  return contracts
}

/** The turns of all contracts in the order in which the runs have made them. */
function addTurns(
  rows: SampleRows,
  contracts: readonly SampleContract[],
  known: { shipping: LoadedShipping; prices: LoadedPrices },
  from: { order: number; transaction: number },
) {
  const { shipping, prices } = known
  let { order, transaction } = from
  const runs = new Map<string, string>()
  const runOf = (date: string): string => {
    const id = runs.get(date) ?? newId()
    runs.set(date, id)
    return id
  }
  const all = contracts
    .flatMap((contract) => contract.made.map((made) => ({ contract, made })))
    .toSorted((a, b) => (a.made.delivery.generateOn < b.made.delivery.generateOn ? -1 : 1))
  for (const { contract, made } of all) {
    const { delivery } = made
    const items = itemsOfTurn(contract.goods, [], delivery.turn, delivery.index)
    const turn: MadeTurn = {
      ...made,
      contract: contract.row,
      customer: contract.names,
      card: contract.card,
      price: priceOfTurn(prices, contract.goods, { items, turn: delivery.turn, shipOn: delivery.shipOn }),
      carrier: shipping.delivery.carrier,
      orderNumber: order++,
      runId: runOf(delivery.generateOn),
      today: shipping.today,
    }
    addTurn(rows, turn, () => transaction++)
  }
  for (const [date, id] of runs) {
    const now = runTime(date)
    const turns = rows.subscription_cycle.filter(({ run_id: run }) => run === id)
    const refused = turns.filter(({ tries }) => tries > 0).length
    rows.subscription_run.push({
      ...newRun({ id, date, startedBy: null, seat: '受付1番', jobId: null, now }),
      state: 'done',
      due: turns.length,
      ordered: turns.length,
      authorized: turns.filter(({ status }) => status === 'shipped' || status === 'authorized').length,
      declined: refused,
      finished_at: now + 1_000 * (2 + turns.length),
    })
  }
  return { order, transaction }
}

function insertsOf({ db }: DeskDatabase, rows: SampleRows): Statement[] {
  return [
    db.insertInto('card').values(rows.card),
    db.insertInto('subscription').values(rows.subscription),
    db.insertInto('subscription_item').values(rows.subscription_item),
    db.insertInto('subscription_price_step').values(rows.subscription_price_step),
    db.insertInto('subscription_turn_change').values(rows.subscription_turn_change),
    db.insertInto('checkout').values(rows.checkout),
    db.insertInto('sales_order').values(rows.sales_order),
    db.insertInto('order_shipment').values(rows.order_shipment),
    db.insertInto('order_line').values(rows.order_line),
    db.insertInto('order_tax').values(rows.order_tax),
    db.insertInto('payment').values(rows.payment),
    db.insertInto('payment_operation').values(rows.payment_operation),
    db.insertInto('subscription_run').values(rows.subscription_run),
    db.insertInto('subscription_cycle').values(rows.subscription_cycle),
    db.insertInto('subscription_event').values(rows.subscription_event),
  ].map((query) => ({ query: query.compile() }))
}

/**
 * Gives the sample shop sixty 定期 of the last fourteen months: all kinds of rules, some paused, cancelled or in trouble
 * with their cards, with all turns, orders, charges and runs of the past. One transaction.
 */
export async function seedSampleSubscriptions(deps: Deps): Promise<void> {
  const { database } = deps
  const [shipping, ground] = await Promise.all([loadShipping(deps), groundOf(deps)])
  const prices = await loadPrices(
    deps,
    ground.products.map(({ id }) => id),
  )
  const contracts = contractsOf(shipping, ground)
  const rows = noRows()
  for (const contract of contracts) {
    rows.subscription.push(contract.row)
    rows.subscription_item.push(...contract.items)
    rows.subscription_price_step.push(...contract.steps)
    rows.subscription_turn_change.push(...contract.changes)
    rows.subscription_cycle.push(...contract.gaps)
    rows.subscription_event.push(...contract.events)
    if (contract.card && !rows.card.includes(contract.card)) rows.card.push(contract.card)
  }
  const next = addTurns(rows, contracts, { shipping, prices }, ground)
  const { db } = database
  const goOn = (name: string, from: number): Statement => ({
    query: db
      .insertInto('sequence')
      .values({ name, next: from })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ next: from }))
      .compile(),
  })
  await database.batch([
    ...insertsOf(database, rows),
    goOn('order', next.order),
    goOn('transaction', next.transaction),
    goOn('subscription', FIRST_NUMBER + CONTRACTS),
  ])
}
