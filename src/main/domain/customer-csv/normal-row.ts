import { normalizePhone, normalizePostalCode, toFullKatakana } from '../../../contract/text'
import { isPhone, PREFECTURES } from '../people/contact-fields'
import { SEX_WORDS, SEXES, STATUS, type Sex } from './ec-cube'
import type { CustomerCsvField } from '../../../contract/customer-imports'
import type { ColumnMeanings } from './fields'
import { dateOf, instantOf } from './dates'

/** A row of a customer file in the form in which customers are kept. */
export interface NormalRow {
  /** 会員ID; null when the file has none. */
  readonly number: number | null
  readonly familyName: string
  readonly givenName: string
  readonly familyKana: string
  readonly givenKana: string
  readonly company: string | null
  readonly email: string | null
  readonly phone: string
  readonly postalCode: string
  readonly prefecture: string
  readonly city: string
  readonly address: string
  readonly building: string | null
  readonly note: string | null
  readonly kind: 'member' | 'offline'
  readonly sex: Sex | null
  readonly birthday: string | null
  readonly jobCode: number | null
  readonly createdAt: number | null
  readonly updatedAt: number | null
}

export type RowOutcome =
  | { readonly ok: true; readonly row: NormalRow }
  | { readonly ok: false; readonly reasons: readonly string[] }

/** Longest text of each field, in characters; the forms of the desk have the same. */
const LONGEST: Partial<Record<CustomerCsvField, number>> = {
  familyName: 40,
  givenName: 40,
  familyKana: 60,
  givenKana: 60,
  company: 100,
  email: 254,
  city: 60,
  address: 100,
  building: 60,
  note: 2000,
}

const FIELD_WORDS: Partial<Record<CustomerCsvField, string>> = {
  familyName: '姓',
  givenName: '名',
  familyKana: 'セイ',
  givenKana: 'メイ',
  company: '会社名',
  email: 'メールアドレス',
  city: '市区町村',
  address: '町名・番地',
  building: '建物名',
  note: 'メモ',
}

const KANA = /^[ァ-ヺー・\s]*$/u
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
// eslint-disable-next-line no-control-regex -- control characters are what is refused here
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
const NUMBER = /^[1-9]\d{0,14}$/
const CODE = /^\d{1,3}$/

/** The prefecture at the beginning of a whole address, with the rest; town and number stay together. */
export function cutAddress(whole: string): { prefecture: string; city: string; address: string } {
  const prefecture = PREFECTURES.find((name) => whole.startsWith(name)) ?? ''
  const rest = whole.slice(prefecture.length).trim()
  const city =
    /^(?:[^\d市区町村]{1,6}郡[^\d]{1,6}?[町村]|(?:市川|四日市|廿日市|野々市|余市)[市町]|[^\d]{1,7}?市(?:[^\d\s]{1,3}区)?|[^\d]{1,5}?[区町村])/u.exec(
      rest,
    )?.[0] ?? ''
  return { prefecture, city, address: rest.slice(city.length).trim() }
}

/** Cuts a whole name at its first space; without one it is all family name. */
function cutName(whole: string): readonly [string, string] {
  const [family = '', ...given] = whole.trim().split(/[\s\u3000]+/u)
  return [family, given.join(' ')]
}

const orNull = (text: string): string | null => (text === '' ? null : text)

class Reader {
  readonly reasons: string[] = []
  readonly #cells: readonly string[]
  readonly #at: ReadonlyMap<CustomerCsvField, number>
  constructor(cells: readonly string[], at: ReadonlyMap<CustomerCsvField, number>) {
    this.#cells = cells
    this.#at = at
  }

  text(field: CustomerCsvField): string {
    const at = this.#at.get(field)
    const value = at === undefined ? '' : (this.#cells[at] ?? '').trim()
    const longest = LONGEST[field]
    if (longest !== undefined && value.length > longest)
      this.reasons.push(`${FIELD_WORDS[field] ?? ''}が${longest}文字を超えています。`)
    return value
  }

  refuse(reason: string): null {
    this.reasons.push(reason)
    return null
  }

  code(field: CustomerCsvField, highest: number, word: string): number | null {
    const value = this.text(field).normalize('NFKC')
    if (value === '') return null
    const code = Number(value)
    return CODE.test(value) && code >= 1 && code <= highest
      ? code
      : this.refuse(`${word}の番号が正しくありません。`)
  }
}

function sexOf(reader: Reader): Sex | null {
  const byCode = reader.code('sexCode', SEXES.length, '性別')
  if (byCode !== null) return SEXES[byCode - 1] ?? null
  const word = reader.text('sex')
  if (word === '') return null
  const known = SEXES.find((sex) => SEX_WORDS[sex] === word || SEX_WORDS[sex].startsWith(word))
  return known ?? reader.refuse('性別は「男性」「女性」「その他」のいずれかにしてください。')
}

function placeOf(reader: Reader) {
  const whole = cutAddress(reader.text('fullAddress'))
  const code = reader.code('prefectureCode', PREFECTURES.length, '都道府県')
  const prefecture =
    reader.text('prefecture') || (code === null ? whole.prefecture : (PREFECTURES[code - 1] ?? ''))
  if (prefecture !== '' && !PREFECTURES.includes(prefecture)) reader.refuse('都道府県名が正しくありません。')
  const postalCode = normalizePostalCode(reader.text('postalCode'))
  if (postalCode !== '' && postalCode.length !== 7) reader.refuse('郵便番号が7桁ではありません。')
  return {
    postalCode,
    prefecture,
    city: reader.text('city') || whole.city,
    address: reader.text('address') || whole.address,
    building: orNull(reader.text('building')),
  }
}

function nameOf(reader: Reader) {
  const [family, given] = cutName(reader.text('fullName'))
  const [familySound, givenSound] = cutName(reader.text('fullKana'))
  const name = {
    familyName: reader.text('familyName') || family,
    givenName: reader.text('givenName') || given,
    familyKana: toFullKatakana(reader.text('familyKana') || familySound).trim(),
    givenKana: toFullKatakana(reader.text('givenKana') || givenSound).trim(),
  }
  if (name.familyName === '') reader.refuse('お名前がありません。')
  if (!KANA.test(name.familyKana) || !KANA.test(name.givenKana))
    reader.refuse('フリガナにカナ以外の文字があります。')
  return name
}

function contactOf(reader: Reader) {
  const phone = normalizePhone(reader.text('phone'))
  if (phone !== '' && !isPhone(phone)) reader.refuse('電話番号が0から始まる10桁または11桁ではありません。')
  const email = reader.text('email').normalize('NFKC').toLowerCase()
  if (email !== '' && !MAIL.test(email)) reader.refuse('メールアドレスの形式が正しくありません。')
  if (phone === '' && email === '') reader.refuse('電話番号もメールアドレスもありません。')
  return { phone, email: orNull(email) }
}

function numberOf(reader: Reader): number | null {
  const value = reader.text('number').normalize('NFKC')
  if (value === '') return null
  return NUMBER.test(value) ? Number(value) : reader.refuse('会員IDは1以上の整数にしてください。')
}

function dateIn<T>(reader: Reader, field: CustomerCsvField, read: (text: string) => T | null, word: string) {
  const value = reader.text(field)
  return value === '' ? null : (read(value) ?? reader.refuse(`${word}の日付が正しくありません。`))
}

/** Reads rows of a file whose columns have these meanings. */
export function rowReader(meanings: ColumnMeanings): (cells: readonly string[]) => RowOutcome {
  const at = new Map<CustomerCsvField, number>()
  for (const [index, meaning] of meanings.entries()) if (meaning !== null) at.set(meaning, index)
  const kind = at.has('statusCode') ? 'member' : 'offline'
  return (cells) => {
    if (cells.length !== meanings.length)
      return { ok: false, reasons: [`項目数が${cells.length}です(見出しは${meanings.length}項目)。`] }
    const reader = new Reader(cells, at)
    if (cells.some((cell) => cell.includes('\ufffd'))) reader.refuse('読み取れない文字があります。')
    if (cells.some((cell) => CONTROL.test(cell))) reader.refuse('制御文字があります。')
    const status = reader.code('statusCode', 3, '会員ステータス')
    if (status === STATUS.withdrawn) reader.refuse('退会した会員です。')
    const row: NormalRow = {
      number: numberOf(reader),
      ...nameOf(reader),
      company: orNull(reader.text('company')),
      ...contactOf(reader),
      ...placeOf(reader),
      note: orNull(reader.text('note')),
      kind,
      sex: sexOf(reader),
      birthday: dateIn(reader, 'birthday', dateOf, '誕生日'),
      jobCode: reader.code('jobCode', 18, '職業'),
      createdAt: dateIn(reader, 'createdAt', instantOf, '登録日'),
      updatedAt: dateIn(reader, 'updatedAt', instantOf, '更新日'),
    }
    return reader.reasons.length === 0 ? { ok: true, row } : { ok: false, reasons: reader.reasons }
  }
}
