import { createHash } from 'node:crypto'
import type { ReadBack } from '../../contract/checkout'
import { formatPhone } from '../../contract/text'
import { spokenDate } from '../domain/calendar/tokyo'
import { ruleWords } from '../domain/subscriptions/words'
import { coolingOff, giftSentence, periodSentence, yenText } from './read-back'
import type { CheckedSubscription, PricedTurn } from './subscription-check'

const goodsOf = (turn: PricedTurn): string =>
  turn.quote.lines.map(({ name, quantity }) => `${name}を${quantity}点`).join('、')

/** Turns side by side that are the same in something. */
function runsOf<T>(turns: readonly PricedTurn[], of: (turn: PricedTurn) => T) {
  const runs: { from: number; to: number; value: T }[] = []
  for (const turn of turns) {
    const last = runs.at(-1)
    const value = of(turn)
    if (last && last.value === value) last.to = turn.plan.turn
    else runs.push({ from: turn.plan.turn, to: turn.plan.turn, value })
  }
  return runs
}

const turnWords = (from: number, to: number, goesOn: boolean): string => {
  if (from === 1 && to === 1) return '初回'
  if (goesOn) return `${from}回目以降`
  return from === to ? `${from}回目` : `${from}回目から${to}回目`
}

/** Runs that are told one by one; more are told by what they come to. */
const MOST_RUNS = 6

function itemsText({ form, turns, promised }: CheckedSubscription): string {
  const open = form.lastTurn === null
  const runs = runsOf(turns, goodsOf)
  const [first] = runs
  const goods =
    runs.length === 1 && first
      ? `毎回、${first.value}`
      : form.itemMode === 'alternating'
        ? `${form.sets.length}種類のセットを順番に、初回は${first?.value ?? ''}`
        : runs
            .slice(0, MOST_RUNS)
            .map(
              ({ from, to, value }, at) => `${turnWords(from, to, open && at === runs.length - 1)}は${value}`,
            )
            .join('、')
  const length =
    form.lastTurn !== null
      ? `全${form.lastTurn}回のお届けで終了します。`
      : promised !== null
        ? `最低${promised}回の継続をお約束いただき、その後は解約のお申し出があるまで自動的に続きます。`
        : '回数の定めはなく、解約のお申し出があるまで自動的に続きます。'
  return `ご注文は定期購入です。${ruleWords(form.rule)}に、${goods}をお届けします。${length}`
}

function totalText({ turns, promised, form }: CheckedSubscription): string {
  const runs = runsOf(turns, ({ quote }) => quote.total)
  const open = form.lastTurn === null
  const prices =
    runs.length > MOST_RUNS
      ? `初回は${yenText(turns[0]?.quote.total ?? 0)}、以降は回により異なります`
      : runs
          .map(({ from, to, value }, at) =>
            runs.length === 1
              ? `1回あたりのお支払い額は${yenText(value)}`
              : `${turnWords(from, to, open && at === runs.length - 1)}は${yenText(value)}`,
          )
          .join('、')
  const sum = turns.reduce((all, { quote }) => all + quote.total, 0)
  const whole =
    promised === null
      ? `1年間(${turns.length}回)続けた場合のお支払い総額の目安は${yenText(sum)}です。`
      : `お約束いただく${promised}回分のお支払い総額は${yenText(sum)}です。`
  return `${prices}${runs.length > MOST_RUNS ? '。' : 'です。'}いずれも送料・手数料・消費税を含みます。${whole}`
}

function paymentText({ method, order, due }: CheckedSubscription): string {
  switch (method) {
    case 'card': {
      const card = `${order.card?.brand ?? 'カード'}の下3桁${order.card?.last3 ?? ''}のカードで、毎回一括払いです。`
      const today = due ? '初回分は本日、カードの利用枠を確保します。' : ''
      return `${card}${today}2回目以降も同じカードに自動で請求し、商品の発送時に確定します。`
    }
    case 'cod':
      return '毎回、代金引換です。商品のお受け取りの際に、配達員へお支払いください。'
    case 'deferred':
      return '毎回、後払いです。商品とは別に届く請求書で、発行から14日以内にお支払いください。'
    case 'bank-transfer':
      return '毎回、銀行振込の前払いです。回ごとにご案内しますので、7日以内にお振り込みください。'
    case 'konbini':
      return '毎回、コンビニエンスストアの前払いです。回ごとにお支払い番号をご案内します。'
    case 'none':
      return 'お支払いはありません。'
  }
}

function deliveryText({ order, first }: CheckedSubscription): string {
  const [{ shipTo, slot, gift }] = order.shipments
  const building = shipTo.building ? ` ${shipTo.building}` : ''
  const address = `${shipTo.prefecture}${shipTo.city}${shipTo.address}${building}`
  const when = `初回は${spokenDate(first.plan.deliverOn)}${slot ? `、${slot.label}` : ''}にお届けします。`
  return `${when}お届け先は${address}、${shipTo.name}様です。${giftSentence(gift)}`
}

function cancelText({ form, shipping }: CheckedSubscription): string {
  const days = shipping.settings.changeDaysBefore
  const minimum =
    form.lastTurn === null && form.minTurns > 1 ? `${form.minTurns}回のお受け取り前の解約はできません。` : ''
  return `解約・停止・変更は、次回出荷日の${days}日前までにお電話でお申し出ください。${minimum}未開封の商品は到着から8日以内にご連絡いただければ、送料お客様負担で返品できます。`
}

/**
 * The sentences to read before 確定 of a 定期: 分量 with the length of the contract, 価格 with the total of all promised
 * turns, payment, delivery, the term of the offer, and how it ends (特定商取引法 12条の6).
 */
export function subscriptionReadBack(checked: CheckedSubscription): ReadBack & { readonly mark: string } {
  const { order, quote, method } = checked
  const { familyName, givenName, phone } = order.customer.fields
  const sentences = [
    {
      id: 'customer',
      label: 'お客様',
      text: `${familyName} ${givenName}様、お電話番号は${formatPhone(phone)}ですね。`,
    },
    { id: 'items', label: '商品・数量・回数', text: itemsText(checked) },
    { id: 'total', label: '価格・支払総額', text: totalText(checked) },
    { id: 'payment', label: 'お支払い', text: paymentText(checked) },
    { id: 'delivery', label: 'お届け', text: deliveryText(checked) },
    { id: 'period', label: 'お申し込み期間', text: periodSentence(quote) },
    { id: 'return', label: '解約・返品', text: cancelText(checked) },
    ...(method === 'card'
      ? [
          {
            id: 'consent',
            label: '継続課金への同意',
            text: '2回目以降も登録のカードに継続して請求することに、同意をいただいています。',
          },
        ]
      : []),
    ...coolingOff(quote),
  ]
  const mark = createHash('sha256').update(JSON.stringify(sentences)).digest('hex')
  return { sentences, mark }
}
