/** 下書きを破棄 */
export const discard = {
  button: '破棄',
  title: 'この注文を破棄しますか',
  plain: '入力した内容は破棄され、元に戻せません。',
  authorized:
    '入力した内容を破棄し、取引ID {{number}} の与信 {{amount}} を取り消します。お客様への請求は発生しません。',
  unknown:
    '取引ID {{number}} の与信の結果が確認できていません。破棄すると、結果がわかり次第、自動で与信を取り消します。お客様への請求は発生しません。',
  confirm: '破棄する',
  cancel: 'やめる',
  doneTitle: 'この注文は破棄されました',
  doneBody: '新しい注文を登録するときは F2 を押してください。',
} as const
