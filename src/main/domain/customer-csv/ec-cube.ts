/**
 * The customer file of EC-CUBE 4: its 26 columns in their order (source: EC-CUBE/ec-cube, dtb_csv.csv), and the
 * numbers of its masters (mtb_sex, mtb_job, mtb_customer_status).
 */
export const EC_CUBE_COLUMNS = [
  '会員ID',
  'お名前(姓)',
  'お名前(名)',
  'お名前(セイ)',
  'お名前(メイ)',
  '会社名',
  '郵便番号',
  '都道府県(ID)',
  '都道府県(名称)',
  '住所1',
  '住所2',
  'メールアドレス',
  'TEL',
  '性別(ID)',
  '性別(名称)',
  '職業(ID)',
  '職業(名称)',
  '誕生日',
  '初回購入日',
  '最終購入日',
  '購入回数',
  'ショップ用メモ欄',
  '会員ステータス(ID)',
  '会員ステータス(名称)',
  '登録日',
  '更新日',
] as const

/** 職業 by number, from 1. */
export const JOBS: readonly string[] = [
  '公務員',
  'コンサルタント',
  'コンピューター関連技術職',
  'コンピューター関連以外の技術職',
  '金融関係',
  '医師',
  '弁護士',
  '総務・人事・事務',
  '営業・販売',
  '研究・開発',
  '広報・宣伝',
  '企画・マーケティング',
  'デザイン関係',
  '会社経営・役員',
  '出版・マスコミ関係',
  '学生・フリーター',
  '主婦',
  'その他',
]

/** 性別 by number, from 1. EC-CUBE itself knows the first two. */
export const SEXES = ['male', 'female', 'other'] as const
export type Sex = (typeof SEXES)[number]
export const SEX_WORDS: Readonly<Record<Sex, string>> = { male: '男性', female: '女性', other: 'その他' }

/** 会員ステータス: a withdrawn member (退会) is not taken over. */
export const STATUS = { provisional: 1, member: 2, withdrawn: 3 } as const
export const MEMBER_WORD = '本会員'
