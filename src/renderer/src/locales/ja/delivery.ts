/** Deliveries, in the order form and in 設定 > 配送. */
export const delivery = {
  earliestOn: '最短 {{date}}(指定なし)',
  tooEarly: '{{date}}より前にはお届けできません。',
  slotOf: '時間帯({{carrier}})',
  carriers: { yamato: 'ヤマト運輸', sagawa: '佐川急便', 'japan-post': '日本郵便' },
  why: {
    title: '最短お届け日 {{date}}:',
    afterCutOff: '{{time}}を過ぎたため翌営業日の受付',
    closed: '休業({{days}})',
    weekday: '定休日',
    ship: '{{date}} 出荷',
    road: '配送に{{days}}日',
    roadTo: '{{prefecture}}まで{{days}}日',
    remote: '{{name}}はさらに{{days}}日',
  },
} as const
