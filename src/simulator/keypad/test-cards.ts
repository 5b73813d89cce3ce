export interface TestCard {
  readonly pan: string
  /** What the window's button says. */
  readonly name: string
}

/** Published test numbers of card brands and payment services. No other number is ever taken. */
export const TEST_CARDS: readonly TestCard[] = [
  { pan: '4111111111111111', name: 'Visa 4111…1111' },
  { pan: '4242424242424242', name: 'Visa 4242…4242' },
  { pan: '4012888888881881', name: 'Visa 4012…1881' },
  { pan: '5555555555554444', name: 'Mastercard 5555…4444' },
  { pan: '5105105105105100', name: 'Mastercard 5105…5100' },
  { pan: '2223003122003222', name: 'Mastercard 2223…3222' },
  { pan: '3530111333300000', name: 'JCB 3530…0000' },
  { pan: '3566002020360505', name: 'JCB 3566…0505' },
  { pan: '378282246310005', name: 'Amex 3782…0005' },
  { pan: '371449635398431', name: 'Amex 3714…8431' },
  { pan: '30569309025904', name: 'Diners 3056…5904' },
  { pan: '38520000023237', name: 'Diners 3852…3237' },
  { pan: '6011111111111117', name: 'Discover 6011…1117' },
  { pan: '4000000000000002', name: 'Visa 4000…0002(101)' },
  { pan: '4000000000006975', name: 'Visa 4000…6975(102)' },
  { pan: '4000000000009995', name: 'Visa 4000…9995(110)' },
  { pan: '4000000000009987', name: 'Visa 4000…9987(301)' },
  { pan: '4000000000009979', name: 'Visa 4000…9979(301)' },
]

export const isTestCard = (pan: string): boolean => TEST_CARDS.some((card) => card.pan === pan)
