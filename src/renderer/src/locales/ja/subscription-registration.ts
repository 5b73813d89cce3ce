/** 定期登録 */
export const subscriptionRegistration = {
  title: '定期登録',
  titleFor: '定期登録 {{name}}様',
  register: '定期を登録',
  outlook: 'これからのお届けと金額',
  firstTotal: '初回のお支払い(税込)',
  minTurns: '最低継続回数',
  minTurnsHint: 'なし',
  minTurnsWords: '最低{{count}}回',
  lastTurnWords: '{{count}}回で終了',
  stepsWords: '価格の段階{{count}}つ',
  consent: {
    title: '継続課金への同意',
    label: 'お客様の同意をいただいた',
    say: '「2回目以降も、お届けのたびにお支払いが発生します。よろしいでしょうか」と確認してください。',
  },
  charge: {
    authorize: 'ここで初回分 {{total}} の与信を行います。',
    check: 'ここではカードの有効性だけを確認します。初回分の与信は、受注作成日の {{date}} 以降に行います。',
  },
  summary: '定期の内容',
  rule: '周期',
  turns: 'これからのお届け',
  turn: '回',
  deliverOn: 'お届け日',
  total: '合計(税込)',
  done: '定期 {{number}} を登録しました。',
}
