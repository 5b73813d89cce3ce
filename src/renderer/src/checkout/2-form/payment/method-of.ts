import type { CheckoutForm } from '../../../../../contract/checkout'
import type { CustomerDetail } from '../../../../../contract/customers'

/** The cards of the payment choice: a card is either keyed now or on file. */
export type PaymentChoice = 'keypad' | 'on-file' | 'cod' | 'deferred' | 'bank-transfer' | 'konbini' | 'none'

type Payment = CheckoutForm['payment']
type CardOnFile = CustomerDetail['cards'][number]

export const usableCards = (detail: CustomerDetail | undefined): readonly CardOnFile[] =>
  detail?.cards.filter((card) => card.usable) ?? []

/** Which of them the form stands for. */
export function choiceOf(payment: Payment, onFile: readonly CardOnFile[]): PaymentChoice | null {
  if (payment.method !== 'card') return payment.method
  return onFile.some((card) => card.cardId === payment.cardId) ? 'on-file' : 'keypad'
}

/** The payment after a choice. A keyed card is remembered by the caller, so that a look aside does not lose it. */
export function paymentFor(
  choice: PaymentChoice,
  onFile: readonly CardOnFile[],
  keyedCardId: string | null,
): Payment {
  switch (choice) {
    case 'keypad':
      return { method: 'card', cardId: keyedCardId, keepCard: false }
    case 'on-file':
      return { method: 'card', cardId: onFile[0]?.cardId ?? null, keepCard: false }
    case 'cod':
    case 'deferred':
    case 'bank-transfer':
    case 'konbini':
    case 'none':
      return { method: choice, cardId: null, keepCard: false }
  }
}
