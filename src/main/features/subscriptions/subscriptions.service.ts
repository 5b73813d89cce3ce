import type { Selectable } from 'kysely'
import type { SubscriptionDetail } from '../../../contract/subscription-views'
import type { CheckoutDeps } from '../../checkout/deps'
import { loadShipping, planOf, type LoadedShipping, type TurnChange } from '../../checkout/subscription-plan'
import { loadPrices, productIdsOf, shownPlan } from '../../checkout/subscription-price'
import { shownCard } from '../../checkout/view'
import type { CardTable } from '../../db/database.types'
import { businessDate } from '../../domain/calendar/tokyo'
import type { PlannedTurn } from '../../domain/subscriptions/cycle-plan'
import { Refusal } from '../../platform/refusal'
import { historyOf } from './history.repository'
import { listSubscriptions, type SubscriptionQuery } from './list.repository'
import { shownEvents } from './subscription-history'
import {
  contractOf,
  goodsOf,
  nameOfStaff,
  readSubscription,
  runningWithCard,
  troubledTurns,
  type Contract,
} from './subscriptions.repository'
import {
  abilitiesOf,
  cancelledOf,
  consentOf,
  formOf,
  goodsOfContract,
  readBackOfContract,
  shownSets,
  shownTurns,
  summaryOf,
  turnsTaken,
} from './subscription-view'

export type SubscriptionsDeps = CheckoutDeps

/** Deliveries that a screen shows of a contract. */
export const SHOWN_TURNS = 12

export async function list(deps: SubscriptionsDeps, query: SubscriptionQuery) {
  const { db } = deps.database
  const today = businessDate(deps.clock.now())
  const page = await listSubscriptions(db, query, today)
  const ids = page.items.map(({ id }) => id)
  const [goods, troubled] = await Promise.all([goodsOf(db, ids), troubledTurns(db, ids)])
  return { ...page, items: page.items.map((row) => summaryOf(row, { goods, troubled, today })) }
}

/** The plan of a contract as it is, or as a change would leave it, at the prices of today. */
export async function showPlan(
  deps: SubscriptionsDeps,
  shipping: LoadedShipping,
  contract: Contract,
  plan: readonly PlannedTurn[],
) {
  const goods = goodsOfContract(contract)
  const prices = await loadPrices(deps, productIdsOf(goods, contract.changes))
  return shownPlan({ shipping, prices }, plan, goods, contract.changes)
}

const cardsOf = ({ database: { db } }: SubscriptionsDeps, customerId: string) =>
  db
    .selectFrom('card')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('on_file', '=', 1)
    .where('removed_at', 'is', null)
    .orderBy('created_at', 'desc')
    .execute()

const shownCards = (cards: readonly Selectable<CardTable>[], now: number) =>
  cards.map((card) => shownCard(card, now))

const skippedOf = (changes: readonly TurnChange[]) =>
  new Set(changes.flatMap(({ kind, rule_index: index }) => (kind === 'skip' ? [index] : [])))

/** A contract with everything that hangs on it. */
export async function detail(deps: SubscriptionsDeps, id: string): Promise<SubscriptionDetail> {
  const { db } = deps.database
  const [listed, contract, shipping] = await Promise.all([
    readSubscription(db, id),
    contractOf(db, id),
    loadShipping(deps),
  ])
  if (!listed || !contract) throw new Refusal('NOT_FOUND')
  const { row } = contract
  const { today, settings } = shipping
  // What the payment has stopped sends nothing until it is resumed.
  const stopped = row.status === 'payment-stopped'
  const planned = stopped ? [] : planOf(shipping, row, contract.changes, { today, count: SHOWN_TURNS })
  const consent = consentOf(row)
  const [goods, troubled, history, plan, cards, reader, asker, others] = await Promise.all([
    goodsOf(db, [id]),
    troubledTurns(db, [id]),
    historyOf(db, id),
    showPlan(deps, shipping, contract, planned),
    cardsOf(deps, row.customer_id),
    nameOfStaff(db, row.read_by),
    nameOfStaff(db, consent.by),
    row.card_id === null ? [] : runningWithCard(db, row.card_id, id),
  ])
  return {
    ...summaryOf(listed, { goods, troubled, today }),
    version: row.version,
    form: formOf(contract),
    sets: shownSets(goods),
    turnsDone: turnsTaken(contract),
    minTurns: row.min_turns,
    lastTurn: row.last_turn,
    pause: row.pause_from === null ? null : { from: row.pause_from, until: row.pause_until },
    shipTo: {
      name: row.ship_name,
      phone: row.ship_phone,
      postalCode: row.ship_postal_code,
      address: [row.ship_prefecture, row.ship_city, row.ship_address, row.ship_building ?? ''].join(''),
    },
    cards: shownCards(cards, deps.clock.now()),
    cardShared: others.length,
    plan,
    past: shownTurns(history),
    events: shownEvents(history, skippedOf(contract.changes), today),
    readBack: readBackOfContract(row, reader),
    consent: consent.given ? { at: consent.at, by: asker ?? '' } : null,
    cancelled: cancelledOf(row),
    can: abilitiesOf(contract, settings, today),
  }
}
