/** のし・ラッピング of a delivery. */
export const gift = {
  button: 'のし・ラッピング',
  none: 'なし',
  heading: 'のし・ラッピング',
  noshi: 'のしをかける',
  noshiLine: '{{place}} {{cord}} 「{{title}}」 {{names}}',
  cord: '水引',
  cords: { bow: '紅白蝶結び', knot: '紅白結び切り', mourning: '黒白結び切り' },
  cordHints: { bow: '内祝・お中元・お歳暮', knot: '結婚・快気祝', mourning: '弔事' },
  title: '表書き',
  titleHint: '御祝、内祝、御中元、志など。文字なしは「無地」',
  name: '名入れ{{number}}',
  namesHint: '右から順に並びます。4名以上の場合は、代表者のお名前の左に「他一同」と入れます。',
  place: 'のしのかけ方',
  places: { inner: '内のし', outer: '外のし' },
  wrapping: 'ラッピング',
  bag: '手提げ袋',
  message: 'メッセージカード',
  keep: '決定',
  cancel: 'やめる',
} as const

/** How an order came in. */
export const channel = {
  label: '受付方法',
  kinds: { phone: '電話', postcard: 'はがき', fax: 'FAX', mail: 'メール' },
  offerCode: '申込番号',
  medium: '広告媒体',
  mediumHint: '新聞折込、テレビなど',
  offers: '掲載中の広告',
  found: '{{count}}件の広告があります',
} as const

/** 通信販売 and 電話勧誘販売. */
export const legal = {
  mode: { 'mail-order': '通信販売', telemarketing: '電話勧誘販売' },
  unknown: '掲載中の広告にない申込番号です。',
  until: '({{date}}まで)',
  reason: {
    offer: 'この広告のお申し込みは電話勧誘販売です。',
    'not-statutory': '広告に法定の記載事項がありません。',
    outside: '広告外の商品: {{goods}}。',
  },
  documents: '法定書面を送付し、8日間のクーリング・オフをご案内します。',
} as const
