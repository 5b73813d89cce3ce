import type { CancelReason } from '../../../contract/subscription-form'

/** Reasons of a 解約 as the history and the files say them. */
export const CANCEL_REASON_WORDS: Readonly<Record<CancelReason, string>> = {
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
