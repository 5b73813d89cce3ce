import type { CustomerCsvField } from '../../../contract/customer-imports'
import { EC_CUBE_COLUMNS } from './ec-cube'

/** The meaning of each column by its position; null: not taken. */
export type ColumnMeanings = readonly (CustomerCsvField | null)[]

const EC_CUBE_MEANINGS: Readonly<Record<(typeof EC_CUBE_COLUMNS)[number], CustomerCsvField | null>> = {
  会員ID: 'number',
  'お名前(姓)': 'familyName',
  'お名前(名)': 'givenName',
  'お名前(セイ)': 'familyKana',
  'お名前(メイ)': 'givenKana',
  会社名: 'company',
  郵便番号: 'postalCode',
  '都道府県(ID)': 'prefectureCode',
  '都道府県(名称)': 'prefecture',
  住所1: 'city',
  住所2: 'address',
  メールアドレス: 'email',
  TEL: 'phone',
  '性別(ID)': 'sexCode',
  '性別(名称)': 'sex',
  '職業(ID)': 'jobCode',
  '職業(名称)': null,
  誕生日: 'birthday',
  // Purchases are counted from the orders themselves.
  初回購入日: null,
  最終購入日: null,
  購入回数: null,
  ショップ用メモ欄: 'note',
  '会員ステータス(ID)': 'statusCode',
  '会員ステータス(名称)': null,
  登録日: 'createdAt',
  更新日: 'updatedAt',
}

const plain = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-・()[\]【】「」:*※]/gu, '')

const ecCubePlain = EC_CUBE_COLUMNS.map(plain)

/** True when a head line is that of EC-CUBE's customer file: its 26 names in their order. */
export const isEcCubeHead = (head: readonly string[]): boolean =>
  head.length === EC_CUBE_COLUMNS.length && head.every((name, at) => plain(name) === ecCubePlain[at])

/** The first pattern that fits a header tells its meaning. */
const GUESSES: readonly (readonly [RegExp, CustomerCsvField])[] = [
  [/(会員|顧客|お客様|得意先)(id|no|番号|コード|cd)$|^(customer|member)(id|no|number|code)$/, 'number'],
  [
    /(姓|名字|苗字|氏).*(カナ|かな|フリガナ|ふりがな)|^(セイ|せい)$|姓カナ|(lastname|familyname)kana/,
    'familyKana',
  ],
  [/^(名).*(カナ|かな|フリガナ|ふりがな)|^(メイ|めい)$|名前?メイ|(firstname|givenname)kana/, 'givenKana'],
  [/お名前セイ/, 'familyKana'],
  [/お名前メイ/, 'givenKana'],
  [/カナ|かな|フリガナ|ふりがな|ヨミ|よみ|読み|kana/, 'fullKana'],
  [/会社|法人|勤務先|company/, 'company'],
  [/郵便|〒|zip|postal|postcode/, 'postalCode'],
  [/都道府県(id|コード|cd)|prefecturecode/, 'prefectureCode'],
  [/都道府県|^県$|prefecture|^state$/, 'prefecture'],
  [/メール|mail/, 'email'],
  [/電話|tel|phone|携帯/, 'phone'],
  [/建物|マンション|ビル|アパート|住所3|building/, 'building'],
  [/市区|市町村|住所1|^city$/, 'city'],
  [/番地|町名|住所2|address[12]?line|^street$/, 'address'],
  [/住所|address/, 'fullAddress'],
  [/性別(id|コード)/, 'sexCode'],
  [/性別|^sex$|gender/, 'sex'],
  [/職業(id|コード)/, 'jobCode'],
  [/誕生|生年月日|birth/, 'birthday'],
  [/登録日|作成日|入会日|created/, 'createdAt'],
  [/更新日|updated/, 'updatedAt'],
  [/メモ|備考|note|memo|remarks/, 'note'],
  [/姓$|名字|苗字|lastname|familyname/, 'familyName'],
  [/^名$|お?名前?名$|firstname|givenname/, 'givenName'],
  [/氏名|名前|お名前|顧客名|会員名|^name$|fullname/, 'fullName'],
]

const guess = (header: string): CustomerCsvField | null =>
  GUESSES.find(([pattern]) => pattern.test(plain(header)))?.[1] ?? null

/** What the columns of a head line mean, guessed from their names; each meaning is given once. */
export function guessMeanings(head: readonly string[]): (CustomerCsvField | null)[] {
  if (isEcCubeHead(head)) return EC_CUBE_COLUMNS.map((name) => EC_CUBE_MEANINGS[name])
  const given = new Set<CustomerCsvField>()
  return head.map((header) => {
    const meaning = guess(header)
    if (meaning === null || given.has(meaning)) return null
    given.add(meaning)
    return meaning
  })
}
