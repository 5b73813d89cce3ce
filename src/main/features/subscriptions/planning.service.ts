import type { PlannedTurn as ShownTurn, PriceStep, TurnNote } from '../../../contract/subscription-form'
import type { SubscriptionSettings } from '../../../contract/subscription-settings'
import { readDelivery } from '../../checkout/delivery'
import type { DeskDatabase } from '../../db/open-database'
import { deliveryWindow, roadDaysTo, type DeliveryRules, type ShipTo } from '../../domain/calendar/delivery'
import { closedReason } from '../../domain/calendar/shop-calendar'
import { addDays } from '../../domain/calendar/tokyo'
import { totalsOf, type FeeMethod, type ShopCharges, type Totals } from '../../domain/pricing/order-totals'
import type { PlannedDelivery, PlannedTurn, Shipping } from '../../domain/subscriptions/cycle-plan'
import { discountOfTurn, type TurnItem } from '../../domain/subscriptions/turn-goods'
import type { Clock } from '../../platform/clock'
import { readCharges } from '../charges/charges.service'
import { readSubscriptionSettings } from './subscription-settings.service'

/** What plans follow from, read once for as many contracts as there are. */
export interface LoadedShipping {
  readonly rules: DeliveryRules
  readonly settings: SubscriptionSettings
  /** Epoch ms. */
  readonly now: number
}

export async function loadShipping(database: DeskDatabase, clock: Clock): Promise<LoadedShipping> {
  const [kept, settings] = await Promise.all([readDelivery(database), readSubscriptionSettings(database.db)])
  return { rules: kept.rules, settings: settings.value, now: clock.now() }
}

/** How the shop ships turns to an address. */
export const shippingFor = ({ rules, settings }: LoadedShipping, to: ShipTo): Shipping => ({
  isOpen: (date) => closedReason(rules.calendar, date) === null,
  leadDays: roadDaysTo(rules, to),
  prefer: settings.shipOnClosedDay,
  generateDaysBefore: settings.generateDaysBefore,
  changeDaysBefore: settings.changeDaysBefore,
})

/** The first days on which something taken now can ship, and arrive. Plain dates. */
export function earliestFor({ rules, now }: LoadedShipping, to: ShipTo) {
  const { shipOn, earliest } = deliveryWindow(rules, now, to)
  return { shipOn, deliverOn: earliest }
}

/** Why a turn is not delivered on the very date of its rule, or does not ship on the day that would fit. */
export function notesOf({ rules }: LoadedShipping, turn: PlannedDelivery, leadDays: number): TurnNote[] {
  const notes: TurnNote[] = []
  const { bent, movedTo, shift, shipOn } = turn
  if (bent !== null) {
    notes.push({ kind: 'bent', why: bent === 'short-month' ? 'short-month' : 'no-fifth' })
  }
  if (movedTo !== null) notes.push({ kind: 'moved', from: turn.ruleDate })
  notes.push({ kind: 'road', days: leadDays })
  if (shift) {
    notes.push({
      kind: shift.days < 0 ? 'shipped-earlier' : 'shipped-later',
      days: Math.abs(shift.days),
      closed: closedReason(rules.calendar, addDays(shipOn, -shift.days)),
    })
  }
  return notes
}

/** Products and rates that turns are priced by. */
export interface PriceList {
  readonly products: ReadonlyMap<string, ListedProduct>
  readonly rates: readonly {
    readonly taxClass: string
    readonly ratePercent: number
    readonly from: string
  }[]
  readonly charges: ShopCharges
}

interface ListedProduct {
  readonly name: string
  readonly price: number
  readonly priceKind: 'gross' | 'net'
  readonly taxClass: string
  readonly cool: boolean
}

export async function loadPrices({ db }: DeskDatabase, productIds: readonly string[]): Promise<PriceList> {
  const ids = [...new Set(productIds)]
  const [charges, products, rates] = await Promise.all([
    readCharges(db),
    ids.length === 0 ? [] : db.selectFrom('product').selectAll().where('id', 'in', ids).execute(),
    db.selectFrom('tax_rate').selectAll().orderBy('valid_from').execute(),
  ])
  return {
    charges,
    products: new Map(
      products.map((row) => [
        row.id,
        {
          name: row.name,
          price: row.price,
          priceKind: row.price_kind,
          taxClass: row.tax_class,
          cool: row.temperature !== 'normal',
        },
      ]),
    ),
    rates: rates.map((row) => ({
      taxClass: row.tax_class,
      ratePercent: row.rate_percent,
      from: row.valid_from,
    })),
  }
}

/** The rate of a tax class on a date. */
const rateOn = ({ rates }: PriceList, taxClass: string, date: string): number | undefined =>
  rates.findLast((rate) => rate.taxClass === taxClass && rate.from <= date)?.ratePercent

export interface TurnOffer {
  readonly items: readonly TurnItem[]
  readonly steps: readonly PriceStep[]
  readonly turn: number
  readonly shipOn: string
  readonly prefecture: string
  readonly method: FeeMethod
}

/**
 * What a turn costs: agreed prices or those of today, at the tax rates of the day on which it ships, less what the price
 * steps of the contract take off its goods. Products that are gone fall out.
 */
export function priceOfTurn(list: PriceList, offer: TurnOffer): Totals {
  const lines = offer.items.flatMap(({ productId, quantity, unitPrice }) => {
    const product = list.products.get(productId)
    const ratePercent = product && rateOn(list, product.taxClass, offer.shipOn)
    if (!product || ratePercent === undefined) return []
    const { priceKind, cool } = product
    return [{ unitPrice: unitPrice ?? product.price, quantity, ratePercent, priceKind, shipment: 0, cool }]
  })
  const charges = {
    ...list.charges,
    serviceRatePercent: rateOn(list, 'standard', offer.shipOn) ?? list.charges.serviceRatePercent,
  }
  const prefectures = [offer.prefecture === '' ? null : offer.prefecture]
  const order = { lines, prefectures, method: offer.method, discount: 0 }
  const full = totalsOf(order, charges)
  const discount = discountOfTurn(offer.steps, offer.turn, full.subtotal)
  return discount === 0 ? full : totalsOf({ ...order, discount }, charges)
}

/** A date on which nothing is delivered, as the screens show it. */
export const shownGap = (turn: Exclude<PlannedTurn, PlannedDelivery>): ShownTurn => ({
  ruleIndex: turn.index,
  kind: turn.kind,
  turn: null,
  ruleDate: turn.ruleDate,
  deliverOn: null,
  shipOn: null,
  generateOn: null,
  changeUntil: null,
  notes: [],
  items: [],
  total: null,
  ownItems: false,
})
