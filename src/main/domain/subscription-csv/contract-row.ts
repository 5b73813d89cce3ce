import { z } from 'zod'
import { PaymentMethod } from '../../../contract/checkout'
import { CycleRule } from '../../../contract/cycle-rule'
import { Gift } from '../../../contract/shipments'
import { ItemMode, PriceStep } from '../../../contract/subscription-form'
import type { SubscriptionCsvField } from '../../../contract/subscription-imports'
import { normalizePhone, normalizePostalCode } from '../../../contract/text'
import { PlainDate } from '../../../contract/values'
import { cutAddress } from '../customer-csv/normal-row'
import { isPhone, PREFECTURES } from '../people/contact-fields'
import { Cells } from './cells'
import type { ContractColumns } from './fields'
import { giftOf } from './gift'
import { CsvItem, goodsOf } from './goods'
import { priceStepsOf } from './price-steps'
import { ruleOfText } from './rule-text'
import { CsvPause, pauseOf } from './standing'

const Place = z.object({
  name: z.string(),
  phone: z.string(),
  postalCode: z.string(),
  prefecture: z.string(),
  city: z.string(),
  address: z.string(),
  building: z.string(),
})

/**
 * A row of a file of running 定期, read; whom and what it names is looked up later. Rows that wait in the database from
 * before the program knew a part of them have none of it.
 */
export const ContractCsvRow = z.object({
  externalNumber: z.string().nullable(),
  customerNumber: z.int().nullable(),
  phone: z.string(),
  email: z.string(),
  itemMode: ItemMode.default('fixed'),
  items: z.array(CsvItem),
  priceSteps: z.array(PriceStep).default([]),
  rule: CycleRule,
  /** Null for a contract on hold of which the file tells no date. */
  nextDeliverOn: PlainDate.nullable(),
  turnsDone: z.int(),
  startedOn: PlainDate.nullable(),
  minTurns: z.int(),
  /** Last turn of a contract that ends; null: goes on. */
  lastTurn: z.int().nullable().default(null),
  pause: CsvPause.nullable().default(null),
  /** Null: to the customer's own address. */
  shipTo: Place.nullable(),
  slot: z.string(),
  gift: Gift.default({ noshi: null, wrapping: false, bag: false, message: '' }),
  method: PaymentMethod,
  cardToken: z.string(),
  cardLast3: z.string(),
  note: z.string(),
})
export type ContractCsvRow = z.infer<typeof ContractCsvRow>

export type ContractRowOutcome =
  | { readonly ok: true; readonly row: ContractCsvRow }
  | { readonly ok: false; readonly reasons: readonly string[] }

const METHODS: readonly (readonly [RegExp, PaymentMethod])[] = [
  [/カード|クレジット|credit|card/i, 'card'],
  [/代引|代金引換|cod/i, 'cod'],
  [/後払|np/i, 'deferred'],
  [/振込|振替|bank/i, 'bank-transfer'],
  [/コンビニ|konbini/i, 'konbini'],
]

const MOST_TURNS = 9_998
const LONGEST_NOTE = 500

function methodOf(cells: Cells): PaymentMethod | null {
  const text = cells.plain('paymentMethod')
  if (text === '') return cells.refuse('お支払方法がありません。')
  const known = METHODS.find(([pattern]) => pattern.test(text))
  return known?.[1] ?? cells.refuse(`お支払方法「${text.slice(0, 20)}」は取り込めません。`)
}

const PLACE_FIELDS = [
  'shipName',
  'shipPhone',
  'shipPostalCode',
  'shipPrefecture',
  'shipCity',
  'shipAddress',
  'shipBuilding',
  'shipFullAddress',
] as const

function placeOf(cells: Cells): ContractCsvRow['shipTo'] {
  if (PLACE_FIELDS.every((field) => cells.text(field) === '')) return null
  const whole = cutAddress(cells.text('shipFullAddress'))
  const place = {
    name: cells.text('shipName'),
    phone: normalizePhone(cells.text('shipPhone')),
    postalCode: normalizePostalCode(cells.text('shipPostalCode')),
    prefecture: cells.text('shipPrefecture') || whole.prefecture,
    city: cells.text('shipCity') || whole.city,
    address: cells.text('shipAddress') || whole.address,
    building: cells.text('shipBuilding'),
  }
  if (place.phone !== '' && !isPhone(place.phone))
    cells.refuse('お届け先の電話番号が0から始まる10桁または11桁ではありません。')
  if (!/^\d{7}$/.test(place.postalCode)) cells.refuse('お届け先の郵便番号が7桁ではありません。')
  if (!PREFECTURES.includes(place.prefecture)) cells.refuse('お届け先の都道府県名が正しくありません。')
  if (place.city === '' || place.address === '') cells.refuse('お届け先の住所が足りません。')
  return place
}

function customerOf(cells: Cells) {
  const number = cells.plain('customerNumber')
  const customerNumber = number === '' ? null : Number(number)
  if (number !== '' && !/^[1-9]\d{0,14}$/.test(number)) cells.refuse('顧客番号は1以上の整数にしてください。')
  const phone = normalizePhone(cells.text('phone'))
  const email = cells.plain('email').toLowerCase()
  if (number === '' && phone === '' && email === '')
    cells.refuse('顧客番号・電話番号・メールアドレスのどれもありません。')
  return { customerNumber, phone, email }
}

/** Two days that share neither weekday nor day of the month. */
const ANY_DAYS = ['2026-01-05', '2026-01-20'] as const

/** A rule that says weekday or day itself; null where it would have to be taken from a delivery. */
function wholeRule(text: string): CycleRule | null {
  const [rule, other] = ANY_DAYS.map((day) => ruleOfText(text, day))
  return rule && JSON.stringify(rule) === JSON.stringify(other) ? rule : null
}

function scheduleOf(cells: Cells, pause: CsvPause | null) {
  const nextDeliverOn = cells.date('nextDeliverOn', '次回お届け日')
  const noDate = cells.text('nextDeliverOn') === ''
  if (noDate && pause === null) cells.refuse('次回お届け日がありません。')
  const text = cells.text('rule')
  if (text === '') cells.refuse('お届け周期がありません。')
  const from = nextDeliverOn ?? pause?.until ?? null
  const rule = from === null ? wholeRule(text) : ruleOfText(text, from)
  if (text !== '' && ruleOfText(text, from ?? ANY_DAYS[0]) === null)
    cells.refuse(`お届け周期「${text.slice(0, 20)}」を読み取れません。`)
  else if (text !== '' && rule === null && noDate && pause !== null)
    cells.refuse(
      `次回お届け日がないため、お届け周期「${text.slice(0, 20)}」は「毎月15日」のように日や曜日まで書いてください。`,
    )
  return { nextDeliverOn, rule }
}

function priceStepsIn(cells: Cells): PriceStep[] {
  const text = cells.text('priceSteps')
  const steps = priceStepsOf(text)
  if (steps === null)
    cells.refuse(
      `回ごとの価格「${text.slice(0, 20)}」を読み取れません。「初回 50%引き;2回目以降 500円引き」のように書いてください。`,
    )
  return steps ?? []
}

/** Reads rows of a file whose columns have these meanings. `isCardNumber`: such a cell must not come in at all. */
export function contractRowReader(
  meanings: ContractColumns,
  isCardNumber: (cell: string) => boolean,
): (cells: readonly string[]) => ContractRowOutcome {
  const at = new Map<SubscriptionCsvField, number>()
  for (const [index, meaning] of meanings.entries()) if (meaning !== null) at.set(meaning, index)
  return (found) => {
    if (found.length !== meanings.length)
      return { ok: false, reasons: [`項目数が${found.length}です(見出しは${meanings.length}項目)。`] }
    const cells = new Cells(found, at)
    if (found.some((cell) => cell.includes('\ufffd'))) cells.refuse('読み取れない文字があります。')
    if (found.some(isCardNumber))
      cells.refuse(
        'カード番号と思われる数字があるため、この行は取り込めません。ファイルから削除してください。',
      )
    const note = cells.short('note', '備考', LONGEST_NOTE)
    const pause = pauseOf(cells)
    const { nextDeliverOn, rule } = scheduleOf(cells, pause)
    const method = methodOf(cells)
    const row = {
      externalNumber: cells.plain('externalNumber').slice(0, 40) || null,
      ...customerOf(cells),
      ...goodsOf(cells),
      priceSteps: priceStepsIn(cells),
      turnsDone: cells.whole('turnsDone', 'お届け済みの回数', { least: 0, most: MOST_TURNS }) ?? 0,
      startedOn: cells.date('startedOn', '契約開始日'),
      minTurns: cells.whole('minTurns', '最低継続回数', { least: 0, most: 99 }) ?? 0,
      lastTurn: cells.whole('lastTurn', '終了する回', { least: 1, most: 999 }),
      pause,
      shipTo: placeOf(cells),
      slot: cells.plain('slot'),
      gift: giftOf(cells),
      cardToken: cells.text('cardToken'),
      cardLast3: cells.plain('cardLast3').replace(/\D/g, '').slice(-3),
      note,
    }
    if (cells.reasons.length > 0 || rule === null || method === null)
      return { ok: false, reasons: cells.reasons }
    return { ok: true, row: { ...row, nextDeliverOn, rule, method } }
  }
}
