import { PREFECTURES } from '../people/contact-fields'
import { kanaOf, townOf, type Town } from './town'

/** Why a file is not Japan Post's, with the line where it shows. */
export class KenAllFault extends Error {
  override name = 'KenAllFault'
  readonly line: number | null
  constructor(message: string, line: number | null) {
    super(message)
    this.line = line
  }
}

const COLUMNS = 15
/** Longest text of a column; the longest of 2026 is a town with all its 地割 in brackets. */
const LONGEST = 1000
/** Twice what the country has: more is not a directory. */
const MOST_LINES = 300_000
// eslint-disable-next-line no-control-regex -- control characters are what is refused here
const CONTROL = /[\u0000-\u001f\u007f]/u

const isOpen = (text: string): boolean => /[（(][^（()）]*$/u.test(text)

interface Row {
  readonly code: string
  readonly prefecture: string
  readonly city: string
  readonly cityKana: string
  town: string
  townKana: string
}

/**
 * Reads the columns of utf_ken_all (UTF-8, a line for each code and town) and of the older KEN_ALL (Shift_JIS,
 * half-width kana, a town of more than 38 characters split over lines: until its bracket closes, they are one).
 * Strict: a line that does not fit ends the reading.
 */
export class KenAllReader {
  readonly #rows: Row[] = []
  readonly #known = new Set(PREFECTURES)
  #open: Row | null = null
  lines = 0

  /** Takes the columns of one line (counted from 1). Throws KenAllFault. */
  push(columns: readonly string[], line: number): void {
    this.lines += 1
    if (this.lines > MOST_LINES) throw new KenAllFault('行数が多すぎます。', line)
    if (columns.length !== COLUMNS) {
      throw new KenAllFault(`列の数が${COLUMNS}ではなく${columns.length}です。`, line)
    }
    if (columns.some((column) => column.length > LONGEST || CONTROL.test(column))) {
      throw new KenAllFault('長すぎる文字列か、使えない文字が含まれています。', line)
    }
    const [
      areaCode = '',
      ,
      code = '',
      ,
      cityKana = '',
      townKana = '',
      prefecture = '',
      city = '',
      town = '',
    ] = columns
    if (!/^\d{7}$/.test(code)) throw new KenAllFault('郵便番号が7桁の数字ではありません。', line)
    if (!/^\d{5}$/.test(areaCode))
      throw new KenAllFault('全国地方公共団体コードが5桁の数字ではありません。', line)
    if (!this.#known.has(prefecture)) throw new KenAllFault('都道府県名が正しくありません。', line)
    if (city === '') throw new KenAllFault('市区町村名がありません。', line)
    this.#add({ code, prefecture, city, cityKana, town, townKana })
  }

  #add(row: Row): void {
    const open = this.#open
    if (open !== null && open.code === row.code && open.city === row.city) {
      open.town += row.town
      if (open.townKana !== row.townKana) open.townKana += row.townKana
    } else {
      this.#rows.push(row)
      this.#open = row
    }
    if (!isOpen(this.#open?.town ?? '')) this.#open = null
  }

  /** The towns of the whole file. Throws KenAllFault when the file is not of the whole country. */
  finish(): Town[] {
    const missing = PREFECTURES.length - new Set(this.#rows.map((row) => row.prefecture)).size
    if (missing > 0) {
      const message = `全国のデータではありません(${missing}都道府県がありません)。「全国一括」のファイルを選んでください。`
      throw new KenAllFault(message, null)
    }
    return this.#rows.map((row) => {
      const town = townOf(row.town)
      return {
        code: row.code,
        prefecture: row.prefecture,
        city: row.city,
        cityKana: kanaOf(row.cityKana),
        town,
        townKana: town === '' ? '' : kanaOf(row.townKana),
        street: '',
        office: '',
      }
    })
  }
}
