import type { CustomerFields } from '../../../contract/customers'
import { normalizePhone, normalizePostalCode, toFullKatakana } from '../../../contract/text'

/** A field that must be mended, with what to do. */
export interface FieldFault {
  readonly path: string
  readonly message: string
}

/** The 47 prefectures in the order of their codes (JIS X 0401). */
export const PREFECTURES: readonly string[] = (
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 ' +
  '石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 ' +
  '岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'
).split(' ')

/** Digits of a Japanese phone number as the numbering plan allows: 10 or 11, from 0. */
export const isPhone = (digits: string): boolean => /^0\d{9,10}$/.test(digits)

const isKatakana = (text: string): boolean => /^[ァ-ヺー・\s]+$/u.test(text)

/** Brings typed fields to the form in which they are kept: digits only, full katakana, no stray spaces. */
export function normalizeFields(fields: CustomerFields): CustomerFields {
  const trim = (value: string) => value.normalize('NFKC').trim()
  return {
    familyName: fields.familyName.trim(),
    givenName: fields.givenName.trim(),
    familyKana: toFullKatakana(fields.familyKana).trim(),
    givenKana: toFullKatakana(fields.givenKana).trim(),
    phone: normalizePhone(fields.phone),
    email: trim(fields.email).toLowerCase(),
    postalCode: normalizePostalCode(fields.postalCode),
    prefecture: fields.prefecture.trim(),
    city: fields.city.trim(),
    address: fields.address.trim(),
    building: fields.building.trim(),
  }
}

/** What is missing or wrong in normalised fields; `prefix` leads each path. */
export function contactFaults(fields: CustomerFields, prefix: string): FieldFault[] {
  const faults: FieldFault[] = []
  const need = (path: Extract<keyof CustomerFields, string>, ok: boolean, message: string) => {
    if (!ok) faults.push({ path: `${prefix}${path}`, message })
  }
  need('familyName', fields.familyName !== '', '姓を入力してください。')
  need('givenName', fields.givenName !== '', '名を入力してください。')
  need('familyKana', isKatakana(fields.familyKana), 'セイをカナで入力してください。')
  need('givenKana', isKatakana(fields.givenKana), 'メイをカナで入力してください。')
  need('phone', isPhone(fields.phone), '電話番号を0から始まる10桁または11桁で入力してください。')
  need('postalCode', /^\d{7}$/.test(fields.postalCode), '郵便番号を7桁で入力してください。')
  need('prefecture', PREFECTURES.includes(fields.prefecture), '都道府県を選択してください。')
  need('city', fields.city !== '', '市区町村を入力してください。')
  need('address', fields.address !== '', '町名・番地を入力してください。')
  need(
    'email',
    fields.email === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(fields.email),
    'メールアドレスの形式を確認してください。',
  )
  return faults
}
