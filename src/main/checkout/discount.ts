import type { CheckoutForm, Discount, Quote } from '../../contract/checkout'
import type { FieldFault } from '../domain/people/contact-fields'
import { Refusal } from '../platform/refusal'
import type { CheckoutRow } from './drafts'

/** Yen that a discount asks for of goods that come to `subtotal` yen; a fraction of a yen is not taken off. */
export function yenOfDiscount(discount: Discount | null, subtotal: number): number {
  if (discount === null) return 0
  return discount.unit === 'yen'
    ? discount.value
    : Math.floor((subtotal * Math.min(discount.value, 100)) / 100)
}

/** What stands against the discount of a form. */
export function discountFaults({ discount }: CheckoutForm, quote: Quote): FieldFault[] {
  if (discount === null) return []
  const { unit, value, reason } = discount
  const faults: FieldFault[] = []
  const fault = (message: string) => faults.push({ path: 'discount.value', message })
  if (value === 0) fault('値引きの金額または率を入力してください。')
  else if (unit === 'percent' && value > 100) fault('値引率は100%までです。')
  else if (unit === 'yen' && value > quote.discount)
    fault('値引きがご請求額を超えています。金額を確認してください。')
  if (reason.trim() === '')
    faults.push({ path: 'discount.reason', message: '値引きの理由を入力してください。' })
  return faults
}

const same = (one: Discount | null, other: Discount | null): boolean =>
  one?.unit === other?.unit && one?.value === other?.value && one?.reason === other?.reason

/**
 * Who answers for the discount of a draft that is saved: whoever gave it stays the one while it stands unchanged.
 * `allowed`: the person who saves, when they may give one.
 */
export function answersFor(
  row: Pick<CheckoutRow, 'discount_by'>,
  forms: { readonly before: CheckoutForm; readonly after: CheckoutForm },
  allowed: string | null,
): string | null {
  const { discount } = forms.after
  if (discount === null) return null
  if (same(forms.before.discount, discount) && row.discount_by !== null) return row.discount_by
  if (allowed === null) throw new Refusal('DISCOUNT_NOT_ALLOWED')
  return allowed
}
