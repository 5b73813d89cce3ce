import type { SubscriptionForm } from '../../../contract/subscription-form'
import type { SubscriptionDetail, SubscriptionUpdate } from '../../../contract/subscription-views'
import { EMPTY_FORM } from '../../checkout/deps'
import { fieldsOfCustomer } from '../../checkout/form-check'
import { addressBookOf, checkShipments } from '../../checkout/shipment-check'
import { earliestFor } from '../../checkout/subscription-plan'
import { cardOnFile } from '../../checkout/subscription-turn-due'
import { stepRows, termFaults } from '../../checkout/subscription-terms'
import type { Statement } from '../../db/open-database'
import { addDays } from '../../domain/calendar/tokyo'
import type { FieldFault } from '../../domain/people/contact-fields'
import { anchorFor, anchorOf } from '../../domain/subscriptions/cycle-rule'
import { Refusal } from '../../platform/refusal'
import { change, expectOpen, nextOf, type Changer, type Standing, type Wish } from './changes'
import { formOf } from './subscription-view'
import type { SubscriptionsDeps } from './subscriptions.service'
import { expectChangeable } from './turn-changes.service'
import { ruleWords } from '../../domain/subscriptions/words'

type UpdateWish = Wish & { readonly fields: SubscriptionUpdate }

const sameJson = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Where the turns of a changed contract go, checked as every delivery of the desk is. */
async function placeOf(deps: SubscriptionsDeps, standing: Standing, fields: SubscriptionUpdate) {
  const { customer_id: customerId } = standing.contract.row
  const customer = await deps.database.db
    .selectFrom('customer')
    .selectAll()
    .where('id', '=', customerId)
    .executeTakeFirstOrThrow()
  const { shipTo, slotCode, gift } = fields
  const form = {
    ...EMPTY_FORM,
    customer: { kind: 'existing' as const, customerId },
    shipments: [{ shipTo, slotCode, gift, deliverOn: null }],
  }
  const faults: FieldFault[] = []
  const book = await addressBookOf(deps, form)
  const known = { fields: fieldsOfCustomer(customer), book, kept: standing.shipping.delivery }
  const [shipment] = await checkShipments(deps, form, known, faults)
  return {
    shipment,
    faults: faults.map((fault) => ({ ...fault, path: fault.path.replace(/^shipments\.0\./, '') })),
  }
}

/** A card that may pay: on this customer's file. The one that pays already stays whatever became of it. */
export async function cardFaults(
  deps: SubscriptionsDeps,
  standing: Standing,
  { method, cardId }: SubscriptionUpdate['payment'],
) {
  const { row } = standing.contract
  if (method === null) return [{ path: 'payment.method', message: 'お支払方法を選択してください。' }]
  if (method !== 'card' || (row.payment_method === 'card' && cardId === row.card_id)) return []
  const card = await deps.database.db
    .selectFrom('card')
    .select('id')
    .where('id', '=', cardId ?? '')
    .where('customer_id', '=', row.customer_id)
    .where('on_file', '=', 1)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return card ? [] : [{ path: 'payment.cardId', message: 'お客様の登録カードを選択してください。' }]
}

/** The card that pays from now on; the charges of another one refer to the check by which that one came on file. */
export async function cardColumns(
  { database: { db } }: SubscriptionsDeps,
  row: Standing['contract']['row'],
  cardId: string | null,
) {
  if (cardId === row.card_id) return { card_id: cardId, first_transaction_id: row.first_transaction_id }
  const found = cardId === null ? null : await cardOnFile(db, cardId)
  return { card_id: cardId, first_transaction_id: found?.firstTransactionId ?? null }
}

/** The columns of another rule: it begins with its first date that can be reached, and goes on counting the turns. */
export function ruleColumns({ contract: { row }, shipping }: Standing, rule: SubscriptionForm['rule']) {
  const { deliverOn } = earliestFor(shipping, {
    prefecture: row.ship_prefecture,
    postalCode: row.ship_postal_code,
  })
  const behind = row.last_shipped_on === null ? deliverOn : addDays(row.last_shipped_on, 1)
  const first = anchorOf(rule, behind > deliverOn ? behind : deliverOn)
  return { rule: JSON.stringify(rule), anchor: anchorFor(rule, first, row.next_index) }
}

/** What of a change shows in the next turn. */
function changedParts(before: SubscriptionForm, fields: SubscriptionUpdate, moved: boolean) {
  return {
    rule: !sameJson(before.rule, fields.rule),
    shipTo: moved,
    slot: before.slotCode !== fields.slotCode,
    gift: !sameJson(before.gift, fields.gift),
    prices: !sameJson(before.priceSteps, fields.priceSteps),
    method: before.payment.method !== fields.payment.method,
    end: before.lastTurn !== fields.lastTurn,
  }
}

const isOtherOrigin = (before: SubscriptionForm, { channel, offerCode, medium }: SubscriptionUpdate) =>
  before.channel !== channel || before.offerCode !== offerCode || before.medium !== medium

function wordsOf(
  before: SubscriptionForm,
  fields: SubscriptionUpdate,
  parts: ReturnType<typeof changedParts>,
): string {
  const words = [
    parts.rule ? `お届け周期を「${ruleWords(before.rule)}」から「${ruleWords(fields.rule)}」` : '',
    parts.shipTo ? 'お届け先' : '',
    parts.slot ? 'お届け時間帯' : '',
    parts.gift ? 'のし・ギフト' : '',
    parts.prices ? '価格' : '',
    parts.method ? 'お支払方法' : '',
    !parts.method && before.payment.cardId !== fields.payment.cardId ? 'お支払いのカード' : '',
    before.minTurns !== fields.minTurns ? '最低継続回数' : '',
    parts.end ? '終了回' : '',
    isOtherOrigin(before, fields) ? '受付情報' : '',
    before.note !== fields.note ? '備考' : '',
  ].filter((word) => word !== '')
  return words.length === 0
    ? '登録内容を保存しました'
    : `${words.join('、')}${parts.rule && words.length === 1 ? 'に' : 'を'}変更しました`
}

function statementsOf(
  deps: SubscriptionsDeps,
  { contract: { row } }: Standing,
  fields: SubscriptionUpdate,
  ruleChanged: boolean,
): Statement[] {
  const { db } = deps.database
  const rows = stepRows(row.id, fields.priceSteps)
  return [
    { query: db.deleteFrom('subscription_price_step').where('subscription_id', '=', row.id).compile() },
    ...(rows.length === 0
      ? []
      : [{ query: db.insertInto('subscription_price_step').values(rows).compile() }]),
    // What was asked for single dates of the old rule has no date any more.
    ...(ruleChanged
      ? [
          {
            query: db
              .deleteFrom('subscription_turn_change')
              .where('subscription_id', '=', row.id)
              .where('rule_index', '>=', row.next_index)
              .compile(),
          },
        ]
      : []),
  ]
}

/** What other terms make of a contract: its columns, what of it shows in the next turn, and the exceptions that stay. */
export async function updated(deps: SubscriptionsDeps, standing: Standing, fields: SubscriptionUpdate) {
  const { contract } = standing
  const { row } = contract
  const { method, cardId } = fields.payment
  const [{ shipment, faults }, cards, card] = await Promise.all([
    placeOf(deps, standing, fields),
    cardFaults(deps, standing, fields.payment),
    cardColumns(deps, row, method === 'card' ? cardId : null),
  ])
  const all = [...faults, ...cards, ...termFaults(fields, row.next_turn)]
  if (all.length > 0 || !shipment) throw new Refusal('INVALID_FIELDS', { fields: all })
  const before = formOf(contract)
  const { shipTo, gift } = shipment
  const now = { kind: 'other' as const, ...shipTo }
  const parts = changedParts(before, { ...fields, gift }, !sameJson(before.shipTo, now))
  const set = {
    ...(parts.rule ? ruleColumns(standing, fields.rule) : {}),
    min_turns: fields.minTurns,
    last_turn: fields.lastTurn,
    payment_method: method ?? row.payment_method,
    ...card,
    ship_name: shipTo.name,
    ship_phone: shipTo.phone,
    ship_postal_code: shipTo.postalCode,
    ship_prefecture: shipTo.prefecture,
    ship_city: shipTo.city,
    ship_address: shipTo.address,
    ship_building: shipTo.building || null,
    slot_code: fields.slotCode,
    gift: JSON.stringify(gift),
    channel: fields.channel,
    offer_code: fields.offerCode.trim() || null,
    medium: fields.medium.trim() || null,
    note: fields.note || null,
  }
  const changes = parts.rule
    ? contract.changes.filter((one) => one.rule_index < row.next_index)
    : contract.changes
  return { before, parts, set, changes }
}

/** 変更 of everything but the customer, the start and the goods. */
export const update = (
  deps: SubscriptionsDeps,
  wish: UpdateWish,
  changer: Changer,
): Promise<SubscriptionDetail> =>
  change(deps, wish, changer, async (standing) => {
    expectChangeable(standing)
    const { fields } = wish
    const { before, parts, set, changes } = await updated(deps, standing, fields)
    if (Object.values(parts).some(Boolean)) expectOpen(nextOf(standing), standing, wish, changer)
    return {
      set,
      changes,
      statements: statementsOf(deps, standing, fields, parts.rule),
      event: { kind: 'updated', text: wordsOf(before, fields, parts) },
    }
  })
