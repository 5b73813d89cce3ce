import { z } from 'zod'
import { PaymentMethod } from '../../../contract/checkout'
import { CycleRule } from '../../../contract/cycle-rule'
import type { SubscriptionCsvField } from '../../../contract/subscription-imports'
import { normalizePhone, normalizePostalCode } from '../../../contract/text'
import { PlainDate } from '../../../contract/values'
import { cutAddress } from '../customer-csv/normal-row'
import { dateOf } from '../customer-csv/dates'
import { isPhone, PREFECTURES } from '../people/contact-fields'
import type { ContractColumns } from './fields'
import { ruleOfText } from './rule-text'

const Item = z.object({
  code: z.string(),
  quantity: z.int(),
  /** Agreed price of one; null: the price of the day. */
  price: z.int().nullable(),
})

const Place = z.object({
  name: z.string(),
  phone: z.string(),
  postalCode: z.string(),
  prefecture: z.string(),
  city: z.string(),
  address: z.string(),
  building: z.string(),
})

/** A row of a file of running 定期, read; whom and what it names is looked up later. */
export const ContractCsvRow = z.object({
  externalNumber: z.string().nullable(),
  customerNumber: z.int().nullable(),
  phone: z.string(),
  email: z.string(),
  items: z.array(Item),
  rule: CycleRule,
  nextDeliverOn: PlainDate,
  turnsDone: z.int(),
  startedOn: PlainDate.nullable(),
  minTurns: z.int(),
  /** Null: to the customer's own address. */
  shipTo: Place.nullable(),
  slot: z.string(),
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
const MOST_PRICE = 9_999_999
const MOST_QUANTITY = 999
const LONGEST_NOTE = 500

/** Cells of one row by their meaning, and what stands against them. */
class Cells {
  readonly reasons: string[] = []
  readonly #cells: readonly string[]
  readonly #at: ReadonlyMap<SubscriptionCsvField, number>

  constructor(cells: readonly string[], at: ReadonlyMap<SubscriptionCsvField, number>) {
    this.#cells = cells
    this.#at = at
  }

  text(field: SubscriptionCsvField): string {
    const at = this.#at.get(field)
    return at === undefined ? '' : (this.#cells[at] ?? '').trim()
  }

  plain(field: SubscriptionCsvField): string {
    return this.text(field).normalize('NFKC').trim()
  }

  refuse(reason: string): null {
    this.reasons.push(reason)
    return null
  }

  /** A whole number, such as 1,200円 or 3回; null: none is written. */
  whole(field: SubscriptionCsvField, word: string, range: { least: number; most: number }): number | null {
    const text = this.plain(field)
    if (text === '') return null
    const digits = /^[¥\\]?(\d{1,3}(?:,\d{3})+|\d+)(?:円|個|回|点|袋|本)?$/.exec(text)?.[1]
    const value = Number(digits?.replaceAll(',', '') ?? Number.NaN)
    return value >= range.least && value <= range.most
      ? value
      : this.refuse(`${word}は${range.least}以上の整数にしてください。`)
  }

  date(field: SubscriptionCsvField, word: string): string | null {
    const text = this.text(field)
    return text === '' ? null : (dateOf(text) ?? this.refuse(`${word}の日付が正しくありません。`))
  }
}

function itemsOf(cells: Cells): ContractCsvRow['items'] {
  const listed = cells
    .plain('items')
    .split(/[;、\n|]+/u)
    .flatMap((part) => {
      const match = /^(.*?)(?:\s*[×*:]\s*(\d{1,3})\s*(?:個|点|袋|本)?)?$/u.exec(part.trim())
      const code = match?.[1]?.trim() ?? ''
      return code === '' ? [] : [{ code, quantity: Number(match?.[2] ?? 1), price: null }]
    })
  const single = ([1, 2, 3] as const).flatMap((no) => {
    const code = cells.plain(`product${no}`)
    if (code === '') return []
    const quantity = cells.whole(`quantity${no}`, '数量', { least: 1, most: MOST_QUANTITY }) ?? 1
    const price = cells.whole(`price${no}`, '単価', { least: 0, most: MOST_PRICE })
    return [{ code, quantity, price }]
  })
  const items = [...listed, ...single]
  if (items.length === 0) cells.refuse('商品コードがありません。')
  if (items.some(({ quantity }) => quantity < 1)) cells.refuse('数量は1以上の整数にしてください。')
  return items
}

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

function scheduleOf(cells: Cells) {
  const nextDeliverOn = cells.date('nextDeliverOn', '次回お届け日')
  if (cells.text('nextDeliverOn') === '') cells.refuse('次回お届け日がありません。')
  const text = cells.text('rule')
  const rule = nextDeliverOn === null ? null : ruleOfText(text, nextDeliverOn)
  if (text === '') cells.refuse('お届け周期がありません。')
  else if (nextDeliverOn !== null && rule === null)
    cells.refuse(`お届け周期「${text.slice(0, 20)}」を読み取れません。`)
  return { nextDeliverOn, rule }
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
    const note = cells.text('note')
    if (note.length > LONGEST_NOTE) cells.refuse(`備考が${LONGEST_NOTE}文字を超えています。`)
    const { nextDeliverOn, rule } = scheduleOf(cells)
    const method = methodOf(cells)
    const row = {
      externalNumber: cells.plain('externalNumber').slice(0, 40) || null,
      ...customerOf(cells),
      items: itemsOf(cells),
      turnsDone: cells.whole('turnsDone', 'お届け済みの回数', { least: 0, most: MOST_TURNS }) ?? 0,
      startedOn: cells.date('startedOn', '契約開始日'),
      minTurns: cells.whole('minTurns', '最低継続回数', { least: 0, most: 99 }) ?? 0,
      shipTo: placeOf(cells),
      slot: cells.plain('slot'),
      cardToken: cells.text('cardToken'),
      cardLast3: cells.plain('cardLast3').replace(/\D/g, '').slice(-3),
      note,
    }
    if (cells.reasons.length > 0 || nextDeliverOn === null || rule === null || method === null)
      return { ok: false, reasons: cells.reasons }
    return { ok: true, row: { ...row, nextDeliverOn, rule, method } }
  }
}
