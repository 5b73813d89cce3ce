import type { Quote, ReadBack } from '../../contract/checkout'
import { formatPhone } from '../../contract/text'
import { spokenDate } from '../domain/calendar/tokyo'
import type { CheckedForm } from './form-check'
import { planWords } from './plan'
import type { CheckedShipment } from './shipment-check'

export const yenText = (amount: number) => `${amount.toLocaleString('ja-JP')}円`

function paymentSentence(form: CheckedForm): string {
  switch (form.method) {
    case 'card':
      return `${form.card?.brand ?? 'カード'}の下3桁${form.card?.last3 ?? ''}のカードで、${planWords(form.plan)}です。商品の発送時に請求が確定します。`
    case 'cod':
      return '代金引換です。商品のお受け取りの際に、配達員へお支払いください。'
    case 'deferred':
      return '後払いです。商品とは別に届く請求書で、発行から14日以内にお支払いください。'
    case 'bank-transfer':
      return '銀行振込の前払いです。ご注文から7日以内にお振り込みください。ご入金の確認後に発送します。'
    case 'konbini':
      return 'コンビニエンスストアの前払いです。お支払い番号をご案内しますので、ご注文から7日以内にお支払いください。ご入金の確認後に発送します。'
    case 'none':
      return '今回のお支払いはありません。'
  }
}

function deliverySentence({ deliverOn, slot, shipTo }: CheckedShipment): string {
  const day = deliverOn === null ? '最短の日程' : spokenDate(deliverOn)
  const address = `${shipTo.prefecture}${shipTo.city}${shipTo.address}${shipTo.building ? ` ${shipTo.building}` : ''}`
  return `${day}${slot ? `、${slot.label}` : ''}にお届けします。お届け先は${address}、${shipTo.name}様です。`
}

const CORDS = { bow: '紅白の蝶結び', knot: '紅白の結び切り', mourning: '黒白の結び切り' } as const

export function giftSentence({ noshi, wrapping, bag, message }: CheckedShipment['gift']): string {
  const names = noshi?.names.join('様、') ?? ''
  return [
    noshi &&
      `${noshi.place === 'inner' ? '内のし' : '外のし'}で、水引は${CORDS[noshi.cord]}、表書きは「${noshi.title}」、${names === '' ? 'お名入れはなし' : `お名入れは${names}様`}です。`,
    wrapping && 'ラッピングをいたします。',
    bag && '手提げ袋をお付けします。',
    message !== '' && `メッセージカードは「${message}」です。`,
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join('')
}

/** All goods of the order, one naming a product. */
function goodsOf(quote: Quote): string {
  const pieces = new Map<string, number>()
  for (const { name, quantity } of quote.lines) pieces.set(name, (pieces.get(name) ?? 0) + quantity)
  return [...pieces].map(([name, quantity]) => `${name}を${quantity}点`).join('、')
}

/** One sentence a delivery: its goods when there are several, day, place and gift. */
const deliverySentences = (form: CheckedForm, quote: Quote): ReadBack['sentences'] =>
  form.shipments.map((shipment, index) => {
    const several = form.shipments.length > 1
    const goods = quote.lines
      .filter((line) => line.shipment === index)
      .map((line) => `${line.name}を${line.quantity}点`)
      .join('、')
    const before = several ? `${index + 1}か所目は、${goods}です。` : ''
    return {
      id: several ? `delivery-${index + 1}` : 'delivery',
      label: several ? `お届け ${index + 1}` : 'お届け',
      text: `${before}${deliverySentence(shipment)}${giftSentence(shipment.gift)}`,
    }
  })

export const periodSentence = ({ legal }: Quote): string =>
  legal.offer?.validTo == null
    ? 'お電話でのお申し込みの期限はありません。在庫がなくなり次第終了します。'
    : `「${legal.offer.name}」のお申し込みは、${spokenDate(legal.offer.validTo)}までです。在庫がなくなり次第終了します。`

/** 電話勧誘販売: what the shop must send, and the right to withdraw (特定商取引法 18条・19条・24条). */
export function coolingOff({ legal }: Quote): ReadBack['sentences'] {
  if (legal.mode !== 'telemarketing') return []
  const why = legal.outside.length > 0 ? `広告でご案内していない${legal.outside.join('、')}を含むため、` : ''
  return [
    {
      id: 'cooling-off',
      label: '書面とクーリング・オフ',
      text: `${why}お申し込みの内容を記した書面をお送りします。書面をお受け取りになった日から8日間は、書面または電子メールで、理由を問わず無償で契約を解除できます。`,
    },
  ]
}

/**
 * The sentences to read to the caller before 確定: what, how much, how and when it is paid, when and where it is
 * delivered, until when the offer stands, and how it can be returned (特定商取引法 12条の6 names these six).
 */
export function readBackOf(form: CheckedForm, quote: Quote): ReadBack {
  const { customer } = form
  const items = goodsOf(quote)
  const taxes = quote.taxes.map((row) => `${row.ratePercent}%対象の消費税${yenText(row.tax)}`).join('、')
  const parts = [
    quote.shipping > 0 ? `送料${yenText(quote.shipping)}` : '送料無料',
    ...(quote.fee > 0 ? [`手数料${yenText(quote.fee)}`] : []),
    ...(quote.discount > 0 ? [`値引き${yenText(quote.discount)}`] : []),
  ].join('、')
  const name = `${customer.fields.familyName} ${customer.fields.givenName}`
  return {
    sentences: [
      {
        id: 'customer',
        label: 'お客様',
        text: `${name}様、お電話番号は${formatPhone(customer.fields.phone)}ですね。`,
      },
      { id: 'items', label: '商品と数量', text: `ご注文は、${items}です。今回1回限りのお届けです。` },
      {
        id: 'total',
        label: '価格',
        text: `お支払い総額は${yenText(quote.total)}です。${parts}、内訳は${taxes}を含みます。`,
      },
      { id: 'payment', label: 'お支払い', text: paymentSentence(form) },
      ...deliverySentences(form, quote),
      { id: 'period', label: 'お申し込み期間', text: periodSentence(quote) },
      {
        id: 'return',
        label: '返品・キャンセル',
        text: '発送前でしたらお電話でキャンセルできます。未開封の商品は到着から8日以内にご連絡いただければ、送料お客様負担で返品できます。',
      },
      ...coolingOff(quote),
    ],
  }
}
