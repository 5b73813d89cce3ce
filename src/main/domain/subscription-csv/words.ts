import type { PaymentMethod } from '../../../contract/checkout'
import type { ItemMode } from '../../../contract/subscription-form'
import type { ContractCsvRow } from './contract-row'
import { priceStepWords } from './price-steps'

export const METHOD_WORDS: Readonly<Record<PaymentMethod, string>> = {
  card: 'カード',
  cod: '代金引換',
  deferred: '後払い',
  'bank-transfer': '銀行振込',
  konbini: 'コンビニ払い',
  none: 'お支払いなし',
}

export const MODE_WORDS: Readonly<Record<ItemMode, string>> = {
  fixed: '毎回同じ',
  alternating: '交互',
  course: 'コース',
}

/** What goes into the parcels besides the goods: のし「御祝」 山田, 包装. */
export function giftWords({ noshi, wrapping, bag, message }: ContractCsvRow['gift']): string {
  const words = [
    ...(noshi ? [`のし「${noshi.title}」${noshi.names.join('・')}`] : []),
    ...(wrapping ? ['包装'] : []),
    ...(bag ? ['手提げ袋'] : []),
    ...(message === '' ? [] : ['メッセージ']),
  ]
  return words.join('、')
}

/** Prices of turns, minimum, end and のし of a row, in one line; empty when it has none. */
export function termWords(
  row: Pick<ContractCsvRow, 'priceSteps' | 'minTurns' | 'lastTurn' | 'gift'>,
): string {
  const { priceSteps, minTurns, lastTurn, gift } = row
  const words = [
    priceStepWords(priceSteps),
    minTurns > 0 ? `最低${minTurns}回` : '',
    lastTurn === null ? '' : `${lastTurn}回目まで`,
    giftWords(gift),
  ]
  return words.filter((word) => word !== '').join('、')
}
