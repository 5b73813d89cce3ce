import type { CheckoutForm } from '../../contract/checkout'
import type { Carrier } from '../../contract/delivery'
import type { FieldFault } from '../domain/people/contact-fields'

/** Highest amount that a carrier collects on delivery, yen (宅急便コレクト, e-コレクト, 代金引換). */
const COD_LIMIT: Readonly<Record<Carrier, number>> = {
  yamato: 300_000,
  sagawa: 300_000,
  'japan-post': 300_000,
}

/** Highest amount that a convenience store takes at the till, tax included, yen. */
const KONBINI_LIMIT = 300_000

const manYen = (yen: number) => `${(yen / 10_000).toLocaleString('ja-JP')}万円`

function fault(form: CheckoutForm, total: number, carrier: Carrier): string | null {
  const { method } = form.payment
  if (method === null) return 'お支払方法を選択してください。'
  if (method === 'none') {
    return total === 0 ? null : 'お支払い額があるため、お支払方法を選択してください。'
  }
  if (total === 0 && form.lines.some((line) => line.quantity > 0))
    return 'お支払い額が0円のため、「お支払いなし」を選択してください。'
  if (method === 'konbini' && total > KONBINI_LIMIT) {
    return `コンビニ払いは${manYen(KONBINI_LIMIT)}までです。ほかのお支払方法を選択してください。`
  }
  if (method !== 'cod') return null
  if (form.shipments.length > 1) {
    return '代金引換は、お届け先が1か所のときだけ利用できます。ほかのお支払方法を選択してください。'
  }
  const limit = COD_LIMIT[carrier]
  return total > limit ? `代金引換は${manYen(limit)}までです。ほかのお支払方法を選択してください。` : null
}

/** What stands against the chosen payment method: amount, carrier, number of deliveries. */
export function methodFaults(form: CheckoutForm, total: number, carrier: Carrier): FieldFault[] {
  const message = fault(form, total, carrier)
  return message === null ? [] : [{ path: 'payment.method', message }]
}
