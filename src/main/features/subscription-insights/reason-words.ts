import { CancelReason } from '../../../contract/subscription-form'

/** Reasons of a cancellation as the files say them. */
const WORDS: Readonly<Record<CancelReason, string>> = {
  price: '価格',
  'stock-left': '商品が余っている',
  effect: '効果を感じない',
  'not-liked': '商品が合わない',
  moved: '転居・生活の変化',
  'other-shop': '他社に変更',
  'trial-only': 'お試しのみ',
  payment: '決済エラー',
  other: 'その他',
}

/** What is on record for a contract; older and foreign records may hold another word. */
export function reasonWord(reason: string): string {
  const known = CancelReason.safeParse(reason)
  if (known.success) return WORDS[known.data]
  return reason === 'none' ? '記録なし' : reason
}
