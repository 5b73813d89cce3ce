import { formatPhone } from '../../../contract/text'
import type { LoadedShipping } from '../../checkout/subscription-plan'
import { addDays, startOfBusinessDate } from '../../domain/calendar/tokyo'
import { CANCEL_REASON_WORDS } from '../../domain/subscriptions/cancel-reasons'
import type { PlannedDelivery, PlannedTurn } from '../../domain/subscriptions/cycle-plan'
import { dateWords, ruleWords } from '../../domain/subscriptions/words'
import { newId } from '../../platform/ids'
import { cardEndsSoon, methodOf, type SampleEnd, type SampleOffer } from './contracts'
import type { SampleRows } from './sample-rows'
import { eventRow } from './turn-rows'

export const HOUR = 3_600_000

export interface SampleCustomer {
  readonly id: string
  readonly family_name: string
  readonly given_name: string
  readonly family_kana: string
  readonly given_kana: string
  readonly phone: string
  readonly postal_code: string
  readonly prefecture: string
  readonly city: string
  readonly address: string
}

export type Card = SampleRows['card'][number]

export interface Wish {
  readonly at: number
  readonly count: number
  readonly number: number
  readonly offer: SampleOffer
  readonly customer: SampleCustomer
  /** Of a customer who pays another 定期 already. */
  readonly card: Card | null
}

export interface Ground {
  readonly shipping: LoadedShipping
  readonly goods: ReadonlyMap<string, { readonly id: string; readonly name: string }>
  readonly operatorId: string
  readonly shopId: string
}

const BRANDS = [
  ['visa', 'VISA', '411111******1111'],
  ['mastercard', 'Mastercard', '555555******4444'],
  ['jcb', 'JCB', '353011******0000'],
] as const

/** A card on file with a token that the simulated services know; one in trouble is always refused with its code. */
export function cardOf(wish: Wish, end: SampleEnd, createdAt: number, today: string): Card | null {
  if (methodOf(wish.at) !== 'card' || (end.kind === 'attention' && end.why === 'no-card')) return null
  if (wish.card) return wish.card
  const [name, brand, masked] = BRANDS[wish.at % BRANDS.length] ?? BRANDS[0]
  const refused =
    end.kind === 'retrying' || end.kind === 'payment-stopped'
      ? '_102'
      : end.kind === 'attention' && end.why === 'card-refused'
        ? '_101'
        : ''
  const isOver = end.kind === 'attention' && end.why === 'card-expired'
  const month = addDays(`${today.slice(0, 7)}-01`, isOver ? -20 : 0)
  const soon = `${month.slice(2, 4)}${month.slice(5, 7)}`
  return {
    id: newId(),
    customer_id: wish.customer.id,
    checkout_id: null,
    service: 'sim-key',
    token: `tok_sample_${name}_${wish.number}${refused}`,
    brand,
    masked,
    last3: masked.slice(-3),
    expiry_yymm: isOver || cardEndsSoon(wish.at) ? soon : '3012',
    on_file: 1,
    keypad_serial: 'TEST000001',
    created_at: createdAt,
    removed_at: null,
    version: 1,
  }
}

export function sentencesOf(
  wish: Wish,
  { goods }: Ground,
  rule: SampleOffer['rule'],
  method: string,
): string[] {
  const { customer, offer } = wish
  const items = (offer.sets[0] ?? [])
    .map(([code, quantity]) => `${goods.get(code)?.name ?? code}を${quantity}点`)
    .join('、')
  const length =
    offer.lastTurn !== null
      ? `全${offer.lastTurn}回のお届けで終了します。`
      : offer.minTurns > 0
        ? `最低${offer.minTurns}回の継続をお約束いただき、その後は解約のお申し出があるまで自動的に続きます。`
        : '回数の定めはなく、解約のお申し出があるまで自動的に続きます。'
  const steps = offer.steps.map(
    ({ label, fromTurn }) => `${fromTurn === 1 ? '初回' : `${fromTurn}回目`}から${label}`,
  )
  return [
    `${customer.family_name} ${customer.given_name}様、お電話番号は${formatPhone(customer.phone)}ですね。`,
    `ご注文は定期購入です。${ruleWords(rule)}に、${items}をお届けします。${length}`,
    `価格は${steps.length === 0 ? '商品の価格のとおりです' : `${steps.join('、')}です`}。送料・手数料・消費税を含む金額を、毎回の明細でもご案内します。`,
    method === 'card'
      ? '毎回、登録のカードに自動で請求し、商品の発送時に確定します。'
      : '毎回、お届けのつど、ご選択の方法でお支払いください。',
    `お届け先は${customer.prefecture}${customer.city}${customer.address}、${customer.family_name} ${customer.given_name}様です。`,
    'お申し込みの期間に定めはありません。',
    '解約・停止・変更は、次回出荷日の5日前までにお電話でお申し出ください。未開封の商品は到着から8日以内にご連絡いただければ、送料お客様負担で返品できます。',
  ]
}

export const gapRow = (
  contractId: string,
  gap: PlannedTurn,
  at: number,
): SampleRows['subscription_cycle'][number] => ({
  id: newId(),
  subscription_id: contractId,
  rule_index: gap.index,
  turn: null,
  status: 'skipped',
  rule_date: gap.ruleDate,
  ship_on: null,
  deliver_on: null,
  order_id: null,
  checkout_id: null,
  amount: null,
  tries: 0,
  next_retry_on: null,
  last_code: null,
  last_raw_code: null,
  attention: null,
  called_at: null,
  run_id: null,
  created_at: at,
  updated_at: at,
  version: 1,
})

/** How a contract ended, or stands still. */
export function standingOf(
  end: SampleEnd,
  made: readonly PlannedDelivery[],
  offer: SampleOffer,
  today: string,
) {
  const none = {
    status: 'active' as const,
    pause_from: null,
    pause_until: null,
    cancelled_at: null,
    cancel_reason: null,
    cancel_note: null,
  }
  const last = made.at(-1)
  switch (end.kind) {
    case 'cancelled': {
      const on = addDays(last?.deliverOn ?? today, 9)
      const cancelledAt = startOfBusinessDate(on < today ? on : addDays(today, -1)) + 14 * HOUR
      return {
        ...none,
        status: 'cancelled' as const,
        cancelled_at: cancelledAt,
        cancel_reason: end.reason,
        cancel_note: end.note === '' ? null : end.note,
      }
    }
    case 'paused': {
      const from = pauseFrom(today)
      return end.until === null
        ? { ...none, status: 'paused' as const, pause_from: from }
        : { ...none, pause_from: from, pause_until: addDays(today, end.until) }
    }
    case 'payment-stopped':
      return { ...none, status: 'payment-stopped' as const }
    default:
      return offer.lastTurn !== null && last?.turn === offer.lastTurn
        ? { ...none, status: 'finished' as const }
        : none
  }
}

export const pauseFrom = (today: string): string => addDays(today, -12)

/** What people did with a contract, as its history tells it. */
export function eventsOf(
  { shipping: { today }, operatorId }: Ground,
  of: {
    readonly id: string
    readonly createdAt: number
    readonly end: SampleEnd
    readonly standing: ReturnType<typeof standingOf>
    readonly skips: readonly PlannedTurn[]
  },
): SampleRows['subscription_event'] {
  const { id, createdAt, end, standing, skips } = of
  const said = (kind: string, text: string, time: number) => eventRow(id, kind, { text }, time, operatorId)
  return [
    said('created', '定期を登録しました', createdAt),
    ...skips.map((skip) =>
      said('skipped', `${dateWords(skip.ruleDate, today)}お届け分をスキップしました`, createdAt + HOUR),
    ),
    ...(end.kind === 'cancelled' && standing.cancelled_at !== null
      ? [said('cancelled', `解約しました。理由: ${CANCEL_REASON_WORDS[end.reason]}`, standing.cancelled_at)]
      : []),
    ...(standing.pause_from === null
      ? []
      : [
          said(
            'paused',
            standing.pause_until === null
              ? `${dateWords(standing.pause_from, today)}から停止しました(再開のご連絡まで)`
              : `${dateWords(standing.pause_from, today)}から${dateWords(standing.pause_until, today)}の前日まで停止しました`,
            startOfBusinessDate(standing.pause_from) + 11 * HOUR,
          ),
        ]),
  ]
}
