/** 値引き by hand. */
export const discount = {
  heading: '値引き',
  add: '値引きを追加',
  unit: '値引き',
  units: { yen: '円', percent: '%' },
  values: { yen: '金額(税込・円)', percent: '率(商品小計に対する%)' },
  reason: '理由',
  reasonHint: '例: お届け遅れのお詫び',
  remove: '値引きをやめる',
  given: '値引き {{amount}}(理由: {{reason}})',
} as const

/** The running totals. */
export const totals = {
  heading: 'ご注文の合計',
  subtotal: '商品小計',
  taxAdded: 'うち税抜商品の消費税',
  shipping: '送料',
  fee: '手数料',
  discount: '値引き',
  total: '合計(税込)',
  tax: '内消費税',
  taxRow: '{{rate}}%対象 {{taxable}}',
  taxRowReduced: '{{rate}}%対象(軽減) {{taxable}}',
  free: '無料',
  untilFree: 'あと{{amount}}で送料無料',
  noLines: '商品はまだありません',
  quantity: '×{{quantity}}',
  more: 'ほか{{count}}種類',
} as const
