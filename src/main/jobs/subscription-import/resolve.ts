import type { Insertable, Selectable } from 'kysely'
import type { TurnItem } from '../../checkout/subscription-price'
import type { ReadyContract } from '../../../contract/subscription-imports'
import { slotsOn } from '../../checkout/delivery'
import type { CheckoutDeps } from '../../checkout/deps'
import {
  isDelivery,
  loadShipping,
  nextPlanColumns,
  planOf,
  type LoadedShipping,
  type TurnChange,
} from '../../checkout/subscription-plan'
import { termFaults } from '../../checkout/subscription-terms'
import type { Database } from '../../db/database.types'
import type { SubscriptionTable } from '../../db/subscription-tables.types'
import { isPhone } from '../../domain/people/contact-fields'
import { saleStateOn } from '../../domain/products/sale-state'
import { METHOD_WORDS, termWords } from '../../domain/subscription-csv/words'
import { NoOpenDay } from '../../domain/subscriptions/ship-day'
import { ruleWords } from '../../domain/subscriptions/words'
import type { CardRow, CustomerRow, Named } from './look-up'
import { scheduleOf, type Schedule } from './schedule'
import type { StagedRow } from './staged'

/** What all rows of an import are resolved against; read once a session of work. */
export interface ResolveGround {
  readonly deps: CheckoutDeps
  readonly shipping: LoadedShipping
  readonly slots: Map<string, readonly { readonly code: string; readonly label: string }[]>
}

export const groundOfImport = async (deps: CheckoutDeps): Promise<ResolveGround> => ({
  deps,
  shipping: await loadShipping(deps),
  slots: new Map(),
})

/** A row that can become a contract: its columns but for who takes it in, its goods, and how it is shown. */
export interface ResolvedContract {
  readonly columns: Omit<
    Insertable<SubscriptionTable>,
    'id' | 'number' | 'shop_id' | 'operator_id' | 'import_id' | 'created_at' | 'updated_at' | 'consent'
  >
  readonly sets: TurnItem[][]
  readonly change: TurnChange | null
  readonly cardId: string | null
  readonly shown: ReadyContract
}

type Outcome = { readonly contract: ResolvedContract } | { readonly reasons: readonly string[] }
type Row = StagedRow & { readonly cardToken?: string }

function customerOf(named: Named, row: Row, reasons: string[]): CustomerRow | null {
  const { customerNumber, phone, email } = row
  if (customerNumber !== null) {
    const found = named.byNumber.get(customerNumber)
    if (!found) reasons.push(`顧客番号${customerNumber}のお客様が見つかりません。`)
    return found ?? null
  }
  const byEmail = email === '' ? [] : (named.byEmail.get(email) ?? [])
  const byPhone = phone === '' ? [] : (named.byPhone.get(phone) ?? [])
  const both = byEmail.filter((one) => byPhone.includes(one))
  const found = [both, byEmail, byPhone].find((some) => some.length > 0) ?? []
  if (found.length > 1)
    reasons.push('電話番号・メールアドレスが同じお客様が複数います。顧客番号で指定してください。')
  if (found.length === 0) reasons.push('電話番号・メールアドレスが一致するお客様が見つかりません。')
  return found.length === 1 ? (found[0] ?? null) : null
}

function whyNot(product: Selectable<Database['product']>, today: string): string | null {
  const sale = { active: product.active === 1, from: product.sale_from, to: product.sale_to }
  const state = saleStateOn(sale, today)
  if (product.subscribable === 0) return `「${product.name}」は定期では販売していません。`
  return state === 'ended' || state === 'stopped' ? `「${product.name}」は販売を終了しています。` : null
}

/** The goods by their sets, as the desk and as people call them. */
function setsOf(named: Named, row: Row, today: string, reasons: string[]) {
  const sets: TurnItem[][] = []
  const names: string[][] = []
  // A product that comes in several sets is told once.
  const faults = new Set<string>()
  for (const { code, quantity, price, set } of row.items) {
    const product = named.products.get(code)
    const fault = product
      ? whyNot(product, today)
      : `商品コード「${code.slice(0, 40)}」の商品が見つかりません。`
    if (fault !== null) faults.add(fault)
    if (!product) continue
    sets[set] = [...(sets[set] ?? []), { productId: product.id, quantity, unitPrice: price }]
    names[set] = [...(names[set] ?? []), quantity === 1 ? product.name : `${product.name}×${quantity}`]
  }
  reasons.push(...faults)
  return { sets, shown: names.map((set) => set.join('、')).join(' → ') }
}

function placeOf(customer: CustomerRow, row: Row, reasons: string[]) {
  const name = `${customer.family_name} ${customer.given_name}`.trim()
  const place = row.shipTo
    ? { ...row.shipTo, name: row.shipTo.name || name, phone: row.shipTo.phone || customer.phone }
    : {
        name,
        phone: customer.phone,
        postalCode: customer.postal_code,
        prefecture: customer.prefecture,
        city: customer.city,
        address: customer.address,
        building: customer.building ?? '',
      }
  if (!isPhone(place.phone)) reasons.push('お届け先の電話番号がありません。')
  if (place.prefecture === '' || place.postalCode === '' || place.city === '' || place.address === '')
    reasons.push('お届け先の住所がありません(お客様の住所も未登録です)。')
  return place
}

/** The card that the file refers to, on the customer's file; null: it has to be registered by phone. */
function cardOf(cards: readonly CardRow[], row: Row): CardRow | null {
  if (row.method !== 'card') return null
  if (row.cardId !== null) return cards.find(({ id }) => id === row.cardId) ?? null
  if (row.cardToken !== undefined && row.cardToken !== '')
    return cards.find(({ token }) => token === row.cardToken) ?? null
  const alike = row.cardLast3 === '' ? [] : cards.filter(({ last3 }) => last3 === row.cardLast3)
  return alike.length === 1 ? (alike[0] ?? null) : null
}

const plainLabel = (label: string) =>
  label
    .normalize('NFKC')
    .replace(/[\s:時]|00/gu, '')
    .replace(/[~〜ー―‐−-]/gu, '-')

async function slotOf(ground: ResolveGround, row: Row, reasons: string[]): Promise<string | null> {
  if (row.slot === '') return null
  const { carrier } = ground.shipping.delivery
  const day = row.nextDeliverOn ?? row.pause?.until ?? ground.shipping.today
  const slots = ground.slots.get(day) ?? (await slotsOn(ground.deps.database, carrier, day))
  ground.slots.set(day, slots)
  const wanted = plainLabel(row.slot)
  const found = slots.find(({ code, label }) => code === row.slot || plainLabel(label) === wanted)
  if (!found) reasons.push(`時間帯「${row.slot.slice(0, 20)}」は指定できません。`)
  return found?.code ?? null
}

/** The columns of the contract as it begins here, with the plan of its next delivery. */
function columnsOf(
  row: Row,
  today: string,
  found: {
    readonly customer: CustomerRow
    readonly place: ReturnType<typeof placeOf>
    readonly schedule: Schedule
    readonly slot: string | null
    readonly cardId: string | null
  },
) {
  const { place, schedule } = found
  return {
    status: schedule.status,
    customer_id: found.customer.id,
    checkout_id: null,
    rule: JSON.stringify(row.rule),
    anchor: schedule.anchor,
    item_mode: row.itemMode,
    min_turns: row.minTurns,
    last_turn: row.lastTurn,
    payment_method: row.method,
    card_id: found.cardId,
    first_transaction_id: null,
    ship_name: place.name,
    ship_phone: place.phone,
    ship_postal_code: place.postalCode,
    ship_prefecture: place.prefecture,
    ship_city: place.city,
    ship_address: place.address,
    ship_building: place.building || null,
    slot_code: found.slot,
    gift: JSON.stringify(row.gift),
    channel: 'phone' as const,
    offer_code: null,
    note: row.note || null,
    read_sentences: '[]',
    read_at: null,
    read_by: null,
    next_index: 0,
    next_turn: row.turnsDone + 1,
    last_shipped_on: null,
    pause_from: schedule.pause?.from ?? null,
    pause_until: schedule.pause?.until ?? null,
    started_on: row.startedOn ?? today,
    cancelled_at: null,
    cancel_reason: null,
    cancel_note: null,
    external_number: row.externalNumber,
    version: 1,
  }
}

/** Looks a row up among what it names: a contract, or why it cannot become one. */
export async function resolveRow(ground: ResolveGround, named: Named, row: Row): Promise<Outcome> {
  const reasons: string[] = []
  if (row.externalNumber !== null && named.taken.has(row.externalNumber))
    reasons.push(`移行元の定期番号「${row.externalNumber}」はすでに取り込まれています。`)
  const customer = customerOf(named, row, reasons)
  const goods = setsOf(named, row, ground.shipping.today, reasons)
  const slot = await slotOf(ground, row, reasons)
  reasons.push(...termFaults(row, row.turnsDone + 1).map(({ message }) => message))
  if (!customer) return { reasons }
  const place = placeOf(customer, row, reasons)
  if (reasons.length > 0) return { reasons }
  const schedule = scheduleOf(ground.shipping, row, place, reasons)
  if (!schedule || reasons.length > 0) return { reasons }
  const card = cardOf(named.cards.get(customer.id) ?? [], row)
  const columns = columnsOf(row, ground.shipping.today, {
    customer,
    place,
    schedule,
    slot,
    cardId: card?.id ?? null,
  })
  return planned(ground, row, { customer, columns, schedule, card, goods })
}

/** The contract with the plan of its next delivery, and how it is shown. */
function planned(
  { shipping }: ResolveGround,
  row: Row,
  found: {
    readonly customer: CustomerRow
    readonly columns: ReturnType<typeof columnsOf>
    readonly schedule: Schedule
    readonly card: CardRow | null
    readonly goods: ReturnType<typeof setsOf>
  },
): Outcome {
  const { customer, columns, card, goods } = found
  const { change, words } = found.schedule
  const changes = change === null ? [] : [change]
  try {
    const next = planOf(shipping, columns, changes, { today: shipping.today, count: 1 }).find(isDelivery)
    const shown = {
      customer: `${customer.number} ${customer.family_name} ${customer.given_name}`.trim(),
      items: goods.shown,
      rule: ruleWords(row.rule),
      nextDeliverOn: next?.deliverOn ?? '',
      turn: row.turnsDone + 1,
      payment: card ? `${card.brand} 下3桁${card.last3}` : METHOD_WORDS[row.method],
      noCard: row.method === 'card' && card === null,
      pause: words,
      terms: termWords(row),
    }
    const plan = nextPlanColumns(shipping, columns, changes, shipping.today)
    return {
      contract: {
        columns: { ...columns, ...plan },
        sets: goods.sets,
        change,
        cardId: card?.id ?? null,
        shown,
      },
    }
  } catch (error) {
    if (!(error instanceof NoOpenDay)) throw error
    return { reasons: ['出荷カレンダーに営業日がないため、お届け日を決められません。'] }
  }
}
