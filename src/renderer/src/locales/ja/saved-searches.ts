export const savedSearches = {
  button: '保存した検索',
  none: '保存した検索はありません。条件を指定してから、名前を付けて保存できます。',
  keep: '保存',
  name: '今の条件を保存',
  nameHint: '例: 都内の休眠顧客',
  kept: '検索「{{name}}」を保存しました。',
  remove: '「{{name}}」を削除',
}
