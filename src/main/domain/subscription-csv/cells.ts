import type { SubscriptionCsvField } from '../../../contract/subscription-imports'
import { dateOf } from '../customer-csv/dates'

/** Yen or a count as files write it: 1,200円, 3回. */
const WHOLE = /^[¥\\]?(\d{1,3}(?:,\d{3})+|\d+)(?:円|個|回|点|袋|本)?$/

const YES = /^(有|あり|要|必要|希望|する|はい|1|○|〇|yes|true)/i
const NO = /^(無|なし|不要|しない|いいえ|0|×|-|no|false)/i

/** Cells of one row by their meaning, and what stands against them. */
export class Cells {
  readonly reasons: string[] = []
  readonly #cells: readonly string[]
  readonly #at: ReadonlyMap<SubscriptionCsvField, number>

  constructor(cells: readonly string[], at: ReadonlyMap<SubscriptionCsvField, number>) {
    this.#cells = cells
    this.#at = at
  }

  text(field: SubscriptionCsvField): string {
    const at = this.#at.get(field)
    return at === undefined ? '' : (this.#cells[at] ?? '').trim()
  }

  plain(field: SubscriptionCsvField): string {
    return this.text(field).normalize('NFKC').trim()
  }

  refuse(reason: string): null {
    this.reasons.push(reason)
    return null
  }

  /** A whole number, such as 1,200円 or 3回; null: none is written. */
  whole(field: SubscriptionCsvField, word: string, range: { least: number; most: number }): number | null {
    const text = this.plain(field)
    if (text === '') return null
    const digits = WHOLE.exec(text)?.[1]
    const value = Number(digits?.replaceAll(',', '') ?? Number.NaN)
    return value >= range.least && value <= range.most
      ? value
      : this.refuse(`${word}は${range.least}以上の整数にしてください。`)
  }

  date(field: SubscriptionCsvField, word: string): string | null {
    const text = this.text(field)
    return text === '' ? null : (dateOf(text) ?? this.refuse(`${word}の日付が正しくありません。`))
  }

  /** あり or なし; an empty cell says なし. */
  flag(field: SubscriptionCsvField, word: string): boolean {
    const text = this.plain(field)
    if (text === '' || NO.test(text)) return false
    if (YES.test(text)) return true
    this.refuse(`${word}は「あり」「なし」のどちらかにしてください。`)
    return false
  }

  /** A text that the desk can keep. */
  short(field: SubscriptionCsvField, word: string, longest: number): string {
    const text = this.text(field)
    if (text.length > longest) this.refuse(`${word}が${longest}文字を超えています。`)
    return text
  }
}
