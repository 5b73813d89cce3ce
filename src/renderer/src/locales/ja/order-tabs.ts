/** The tabs of 注文登録. */
export const orderTabs = {
  label: '開いている注文',
  new: '新しい注文',
  fresh: '新規',
  change: '変更 {{number}}',
  subscription: '定期 {{name}}',
  stage: {
    editing: '入力中',
    authorizing: '与信確認中',
    'read-back': '確認画面',
    completed: '完了',
    discarded: '破棄済み',
  },
  held: '保留 {{time}}',
  heldOver: '保留',
  unsaved: '未保存の入力があります',
  close: '{{name}}を閉じる',
  closeHint: '閉じる(下書きは残ります)',
  closeTitle: 'この注文を閉じますか',
  closeBody: '入力した内容は下書きとして残り、ホームの「途中の注文」から再開できます。',
  closeReadBack: 'カードの与信を取得済みの場合、30分以内に確定しないと自動で取り消されます。',
  closeYes: '閉じる',
  closeNo: 'やめる',
  notSaved: '入力した内容をまだ保存できていないため、閉じていません。少し待って、もう一度お試しください。',
  dialogOpen:
    '注文は切り替えていません。先に開いている画面を終えてください。カードの入力は Esc で中止できます。',
  parked:
    '同時に開ける注文は{{count}}件までのため、「{{name}}」のタブを閉じました。入力した内容はホームの「途中の注文」から再開できます。',
  fullTitle: '同時に開ける注文は{{count}}件までです',
  fullBody:
    '保留中と確認画面の注文は自動では閉じません。上のタブから、手の空いている注文を閉じてください。閉じても入力した内容は残り、ホームの「途中の注文」から再開できます。',
  fullAgain: 'もう一度開く',
} as const
