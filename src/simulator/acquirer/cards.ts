import { createHmac } from 'node:crypto'
import { isTestCard } from '../keypad/test-cards'

const BRANDS: readonly (readonly [string, RegExp])[] = [
  ['VISA', /^4/],
  ['Mastercard', /^(5[1-5]|2(22[1-9]|2[3-9]|[3-6]|7[01]|720))/],
  ['JCB', /^35(2[89]|[3-8])/],
  ['American Express', /^3[47]/],
  ['Diners Club', /^3(0[0-5]|[689])/],
  ['Discover', /^6(011|5)/],
]

export const brandOf = (pan: string): string => BRANDS.find(([, shape]) => shape.test(pan))?.[0] ?? 'Card'

/** First 6 and last 4 digits, the rest as asterisks (PCI DSS 3.4.1). */
export const maskOf = (pan: string): string => pan.slice(0, 6) + '*'.repeat(pan.length - 10) + pan.slice(-4)

/** A mark of the card that leads nowhere without this simulator's own secret. */
export const cardMark = (secret: string, pan: string): string =>
  createHmac('sha256', secret).update(pan).digest('hex')

/** Published test numbers that always come to a code, whatever the amount. */
const CODE_OF_CARD: Readonly<Record<string, string>> = {
  '4000000000000002': '101',
  '4000000000006975': '102',
  '4000000000009995': '110',
  '4000000000009987': '301',
  '4000000000009979': '301',
}

export const codeOfCard = (pan: string): string | null => CODE_OF_CARD[pan] ?? null

/** ISO/IEC 7812-1 annex B: the check digit of a card number. */
export function passesLuhn(pan: string): boolean {
  let sum = 0
  for (let index = 0; index < pan.length; index += 1) {
    const digit = Number(pan[pan.length - 1 - index])
    const doubled = digit * (1 + (index % 2))
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** The present month in Japan as YYMM: a card is good until the end of its month. */
export const monthOf = (nowMs: number): string =>
  new Date(nowMs + 9 * 3_600_000).toISOString().slice(2, 7).replace('-', '')

/** Why a card gets no token: only published test numbers, only brands that are taken, only cards that are valid. */
export function tokenRefusal(
  card: { pan: string; expiryYYMM: string },
  nowYYMM: string,
): { code: string; rawCode: string } | null {
  if (!passesLuhn(card.pan)) return { code: '203', rawCode: 'check-digit' }
  if (!isTestCard(card.pan)) return { code: '203', rawCode: 'not-a-test-card' }
  if (!/^\d{2}(0[1-9]|1[0-2])$/.test(card.expiryYYMM)) return { code: '203', rawCode: 'expiry-shape' }
  if (card.expiryYYMM < nowYYMM) return { code: '101', rawCode: 'expired' }
  return brandOf(card.pan) === 'Discover' ? { code: '201', rawCode: 'brand' } : null
}
