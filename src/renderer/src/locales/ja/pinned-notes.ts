/** 次回の申し送り */
export const pinnedNotes = {
  label: '次回の申し送り',
  button: '申し送りを残す',
  title: '次回の申し送り',
  body: '次に応対する人へ',
  hint: '顧客詳細と注文登録の上に、「済み」にするまで表示します。',
  pin: '申し送りを残す',
  by: '{{name}} {{date}}',
  done: '済み',
  doneOf: '申し送り「{{body}}」を済みにする',
  unpinned: '申し送りを済みにしました。',
  undo: '元に戻す',
}
