/** How long a card is still good: it is good until the end of the month of its expiry. */
export type CardValidity = 'good' | 'soon' | 'over'

/**
 * Whether a card (`YYMM`) is over on a business date, or will be by the end of the next month: time enough to ask for the
 * new one before the next delivery of a monthly contract.
 */
export function cardValidity(expiryYYMM: string, today: string): CardValidity {
  const year = Number(today.slice(2, 4))
  const month = Number(today.slice(5, 7))
  const months = (yy: number, mm: number) => yy * 12 + mm
  const left = months(Number(expiryYYMM.slice(0, 2)), Number(expiryYYMM.slice(2))) - months(year, month)
  if (left < 0) return 'over'
  return left <= 1 ? 'soon' : 'good'
}
