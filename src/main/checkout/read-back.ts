import type { Quote, ReadBack } from '../../contract/checkout'
import { formatPhone } from '../../contract/text'
import { spokenDate } from '../domain/calendar/tokyo'
import type { CheckedForm } from './form-check'

const yenText = (amount: number) => `${amount.toLocaleString('ja-JP')}円`

function paymentSentence(form: CheckedForm): string {
  switch (form.method) {
    case 'card':
      return `${form.card?.brand ?? 'カード'}の下3桁${form.card?.last3 ?? ''}のカードで、一括払いです。商品の発送時に請求が確定します。`
    case 'cod':
      return '代金引換です。商品のお受け取りの際に、配達員へお支払いください。'
    case 'deferred':
      return '後払いです。商品とは別に届く請求書で、発行から14日以内にお支払いください。'
    case 'bank-transfer':
      return '銀行振込の前払いです。ご注文から7日以内にお振り込みください。ご入金の確認後に発送します。'
  }
}

function deliverySentence(form: CheckedForm): string {
  const day = form.deliverOn === null ? '最短の日程' : spokenDate(form.deliverOn)
  return `${day}${form.slot ? `、${form.slot.label}` : ''}にお届けします。`
}

/**
 * The sentences to read to the caller before 確定: what, how much, how and when it is paid, when and where it is
 * delivered, until when the offer stands, and how it can be returned (特定商取引法 12条の6 names these six).
 */
export function readBackOf(form: CheckedForm, quote: Quote): ReadBack {
  const { customer, shipTo } = form
  const items = quote.lines.map((line) => `${line.name}を${line.quantity}点`).join('、')
  const taxes = quote.taxes.map((row) => `${row.ratePercent}%対象の消費税${yenText(row.tax)}`).join('、')
  const parts = [
    quote.shipping > 0 ? `送料${yenText(quote.shipping)}` : '送料無料',
    ...(quote.fee > 0 ? [`手数料${yenText(quote.fee)}`] : []),
  ].join('、')
  const name = `${customer.fields.familyName} ${customer.fields.givenName}`
  const address = `${shipTo.prefecture}${shipTo.city}${shipTo.address}${shipTo.building ? ` ${shipTo.building}` : ''}`
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
      {
        id: 'delivery',
        label: 'お届け',
        text: `${deliverySentence(form)}お届け先は${address}、${shipTo.name}様です。`,
      },
      {
        id: 'period',
        label: 'お申し込み期間',
        text: 'お電話でのお申し込みの期限はありません。在庫がなくなり次第終了します。',
      },
      {
        id: 'return',
        label: '返品・キャンセル',
        text: '発送前でしたらお電話でキャンセルできます。未開封の商品は到着から8日以内にご連絡いただければ、送料お客様負担で返品できます。',
      },
    ],
  }
}
